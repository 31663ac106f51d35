import type { Transformers } from "./import-transformers.ts";
import { locateModel } from "./model-location.ts";
import { ModelUnavailableError } from "./model-unavailable-error.ts";
import type { ModelProgress } from "./options.ts";
import type { SourceSpec } from "./source-spec.ts";

/** No token of a real text is longer on average, and tokenizing what will be cut off anyway can take long. */
export const CHARS_A_TOKEN = 64;

/** Loads tokenizer and weights, downloading them if need be. Throws `ModelUnavailableError`. */
export async function loadParts(
  { AutoTokenizer, env }: Transformers,
  Model: Transformers["AutoModel"] | Transformers["AutoModelForSequenceClassification"],
  spec: SourceSpec,
) {
  const location = await locateModel(spec, env.cacheDir);
  const options = {
    ...(spec.cacheDir === undefined ? {} : { cache_dir: spec.cacheDir }),
    revision: spec.revision,
    local_files_only: "folder" in location,
    ...(spec.onProgress === undefined ? {} : { progress_callback: progressCallback(spec.onProgress) }),
  };
  try {
    const from = "folder" in location ? location.folder : location.repository;
    const tokenizer = await AutoTokenizer.from_pretrained(from, options);
    tokenizer.padding_side = "right";
    const model = await Model.from_pretrained(from, {
      ...options,
      dtype: spec.dtype,
      ...(spec.device === undefined ? {} : { device: spec.device as "cpu" }),
      session_options: { intraOpNumThreads: spec.intraOpThreads, interOpNumThreads: 1 },
    });
    return { tokenizer, model, maxTokens: longest(tokenizer, model, spec) };
  } catch (error) {
    const where =
      "folder" in location ? `${location.folder} cannot be read` : `it cannot be downloaded from ${env.remoteHost}`;
    throw new ModelUnavailableError(spec, `${where} (${reasonOf(error)})`, error);
  }
}

/** Tokens after which a text is cut: as asked for, within what the model can take. */
function longest(tokenizer: { model_max_length: number }, model: { config: unknown }, spec: SourceSpec): number {
  const { max_position_embeddings: positions } = model.config as { max_position_embeddings?: number };
  return Math.min(spec.maxTokens ?? 512, tokenizer.model_max_length, positions ?? Number.POSITIVE_INFINITY);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : "";
  return error.message + cause;
}

function progressCallback(onProgress: (progress: ModelProgress) => void) {
  return (info: { status: string; file?: string; loaded?: number; total?: number }) => {
    if (info.status !== "progress" || info.file === undefined) return;
    onProgress({ file: info.file, loadedBytes: info.loaded ?? 0, totalBytes: info.total ?? 0 });
  };
}
