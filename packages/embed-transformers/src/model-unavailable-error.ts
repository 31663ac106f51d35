import { SottoError } from "@sotto/core";
import { modelFiles } from "./dtype.ts";
import type { SourceSpec } from "./source-spec.ts";

/** The files of a model are not where they should be, or cannot be downloaded or read. */
export class ModelUnavailableError extends SottoError {
  readonly model: string;

  constructor(spec: SourceSpec, reason: string, cause?: unknown) {
    const { model, revision, dtype, localPath } = spec;
    super(
      "embedding.model_unavailable",
      `The model ${model} (${dtype}) is not available: ${reason}. ${remedy(spec)}`,
      { model, revision, dtype, localPath, files: modelFiles(dtype) },
      { cause },
    );
    this.model = model;
  }

  static override isInstance(error: unknown): error is ModelUnavailableError {
    return SottoError.isInstance(error) && error.code === "embedding.model_unavailable";
  }
}

function remedy({ task, model, revision, dtype, cacheDir, localPath }: SourceSpec): string {
  const files = modelFiles(dtype).join(", ");
  if (localPath !== undefined) return `The folder needs ${files}, as the model's repository on the hub has them.`;
  const command = ["npx sotto-embed-download", "--model", model];
  if (task === "reranking") command.push("--reranker");
  if (revision !== "main") command.push("--revision", revision);
  command.push("--dtype", dtype, "--cache-dir", cacheDir ?? "<folder>");
  const then = cacheDir === undefined ? "and pass the folder as cacheDir" : "and bring the folder here";
  return `It needs ${files}. Where there is a network, run: ${command.join(" ")} ${then}.`;
}
