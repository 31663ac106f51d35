import { InvalidArgumentError } from "@sotto/core";
import { type Dtype, dtypes } from "./dtype.ts";
import type { ModelProgress, RunOptions } from "./options.ts";

/** What an embedder and a reranker have in common: which model, where its files are, and how it is run. */
export interface SourceSpec {
  task: "embedding" | "reranking";
  /** Repository on the hub, or the name of the local folder. */
  model: string;
  revision: string;
  dtype: Dtype;
  cacheDir: string | undefined;
  localPath: string | undefined;
  offline: boolean;
  maxTokens: number | undefined;
  batchSize: number;
  device: string | undefined;
  intraOpThreads: number;
  onProgress: ((progress: ModelProgress) => void) | undefined;
}

/** Of these the arithmetic looks at a whole batch, so that one text would move the result of another. */
const QUANTIZED_BY_BATCH: readonly Dtype[] = ["q8", "int8", "uint8"];

/** Fills in defaults. Throws `InvalidArgumentError` naming the option that is missing or out of range. */
export function sourceSpec(
  task: SourceSpec["task"],
  options: RunOptions,
  preset: { model: string; maxTokens: number } | undefined,
): SourceSpec {
  const { localPath, revision = "main", dtype = "q8", cacheDir, offline = false, device, onProgress } = options;
  const model = options.model ?? preset?.model ?? localPath?.split(/[\\/]/).findLast((part) => part !== "");
  if (model === undefined || model === "") invalid("preset", "give preset, model or localPath");
  if (localPath === undefined && !/^[\w.-]+(\/[\w.-]+)?$/.test(model)) {
    invalid(
      "model",
      `${JSON.stringify(model)} is no repository of the hub (owner/name); a folder belongs in localPath`,
    );
  }
  if (!dtypes.includes(dtype)) invalid("dtype", `${JSON.stringify(dtype)} is not one of ${dtypes.join(", ")}`);
  const {
    maxTokens = preset?.maxTokens,
    batchSize = QUANTIZED_BY_BATCH.includes(dtype) ? 1 : 32,
    intraOpThreads = 1,
  } = options;
  if (maxTokens !== undefined) expectInteger("maxTokens", maxTokens, 3, 1_000_000);
  expectInteger("batchSize", batchSize, 1, 4_096);
  expectInteger("intraOpThreads", intraOpThreads, 1, 1_024);
  return {
    task,
    model,
    revision,
    dtype,
    cacheDir,
    localPath,
    offline,
    maxTokens,
    batchSize,
    device,
    intraOpThreads,
    onProgress,
  };
}

/** The preset of that name; undefined where none is asked for. */
export function presetOf<Preset>(presets: Record<string, Preset>, name: string | undefined): Preset | undefined {
  if (name === undefined) return undefined;
  if (!Object.hasOwn(presets, name))
    invalid("preset", `${JSON.stringify(name)} is not one of ${Object.keys(presets).join(", ")}`);
  return presets[name];
}

export function expectInteger(argument: string, value: number, from: number, to: number): void {
  if (!Number.isInteger(value) || value < from || value > to)
    invalid(argument, `${value} is not an integer from ${from} to ${to}`);
}

export function invalid(argument: string, reason: string): never {
  throw new InvalidArgumentError(argument, reason);
}
