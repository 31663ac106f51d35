import { EmbeddingFailedError, InvalidArgumentError } from "@sotto/core";
import { importTransformers, type Transformers } from "./import-transformers.ts";
import { locateModel } from "./model-location.ts";
import type { ModelSpec } from "./model-spec.ts";
import { ModelUnavailableError } from "./model-unavailable-error.ts";
import type { ModelProgress } from "./options.ts";

/** A model in memory. */
export interface LoadedModel {
  /** One run of the model: a vector of length 1 a text, in order; `null` where the model gives a vector of zeros. */
  run(texts: readonly string[]): Promise<(Float32Array | null)[]>;
  /** Frees the model. */
  release(): Promise<void>;
}

/** No token of a real text is longer on average, and tokenizing what will be cut off anyway can take long. */
const CHARS_A_TOKEN = 64;

/** Loads tokenizer and weights, downloading them if need be. Throws `PackageMissingError`, `ModelUnavailableError`. */
export async function loadModel(spec: ModelSpec): Promise<LoadedModel> {
  const transformers = await importTransformers();
  const { tokenizer, model } = await loadParts(transformers, spec);
  tokenizer.padding_side = "right";
  const { max_position_embeddings: positions } = model.config as { max_position_embeddings?: number };
  const ownLength = Math.min(tokenizer.model_max_length, positions ?? Number.POSITIVE_INFINITY);
  const maxTokens = Math.min(spec.maxTokens ?? 512, ownLength);

  return {
    async run(texts) {
      const cut = texts.map((text) => text.slice(0, maxTokens * CHARS_A_TOKEN));
      const inputs = tokenizer(cut, { padding: true, truncation: true, max_length: maxTokens });
      const outputs = await model(inputs);
      const states = outputs.last_hidden_state ?? outputs.token_embeddings;
      if (states === undefined) {
        throw new EmbeddingFailedError(
          spec.id,
          `the model gives ${Object.keys(outputs).join(", ")}, but neither last_hidden_state nor token_embeddings`,
        );
      }
      const pooled =
        spec.pooling === "mean" ? transformers.mean_pooling(states, inputs.attention_mask) : states.slice(null, 0);
      const dimensions = pooled.dims[1];
      if (spec.dimensions !== undefined && dimensions !== spec.dimensions) {
        throw new InvalidArgumentError(
          "dimensions",
          `the model ${spec.model} gives vectors of ${dimensions} dimensions, but dimensions is ${spec.dimensions}`,
        );
      }
      const data = Float32Array.from(pooled.data as Float32Array);
      return texts.map((_, i) => unitVector(data.subarray(i * dimensions, (i + 1) * dimensions)));
    },

    async release() {
      await model.dispose();
    },
  };
}

async function loadParts(transformers: Transformers, spec: ModelSpec) {
  const { AutoModel, AutoTokenizer, env } = transformers;
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
    const model = await AutoModel.from_pretrained(from, {
      ...options,
      dtype: spec.dtype,
      ...(spec.device === undefined ? {} : { device: spec.device as "cpu" }),
      session_options: { intraOpNumThreads: spec.intraOpThreads, interOpNumThreads: 1 },
    });
    return { tokenizer, model };
  } catch (error) {
    const where =
      "folder" in location ? `${location.folder} cannot be read` : `it cannot be downloaded from ${env.remoteHost}`;
    throw new ModelUnavailableError(spec, `${where} (${reasonOf(error)})`, error);
  }
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

function unitVector(values: Float32Array): Float32Array | null {
  let square = 0;
  for (const value of values) square += value * value;
  if (!(square > 0 && square < Number.POSITIVE_INFINITY)) return null;
  const scale = 1 / Math.sqrt(square);
  return values.map((value) => value * scale);
}
