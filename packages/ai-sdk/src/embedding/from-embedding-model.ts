import {
  type Calibration,
  type Embedder,
  EmbeddingFailedError,
  type EmbedKind,
  InvalidArgumentError,
} from "@sotto/core";
import { type EmbeddingModel, embedMany } from "ai";
import type { ProviderOptions } from "../provider-types.ts";

export interface FromEmbeddingModelOptions {
  /** Length of the model's vectors; a multiple of 8, from 8 to 4096. */
  dimensions: number;
  /** What an index remembers. Default `<provider>/<model id>`. Give one that names the version when the model's does not. */
  id?: string;
  /** How the model's cosines map to [0, 1]. Default `{ low: 0, high: 1 }`; measure it to make `minScore` mean something. */
  calibration?: Calibration;
  /** Share of the dense score in hybrid search. Default: the engine's, 0.5. */
  defaultAlpha?: number;
  /** Passed to the provider; per kind, for models that are told whether a text is a query. */
  providerOptions?: ProviderOptions | ((kind: EmbedKind) => ProviderOptions | undefined);
  /** Put before every text, for models that want a prefix. Default none. */
  prefix?: Partial<Record<EmbedKind, string>>;
  /** Retries of one request. Default 2. */
  maxRetries?: number;
  /** Requests at once for a long list. Default 4. */
  maxParallelCalls?: number;
}

/**
 * Any embedding model of the AI SDK as a Sotto embedder. Vectors are scaled to length 1; a text without a visible
 * character is never sent and has none.
 *
 * @throws `argument.invalid` for dimensions out of range. Embedding rejects with `embedding.failed` when the model answers
 * with vectors of another length.
 * @example
 * ```ts
 * const embedder = fromEmbeddingModel(openai.embeddingModel("text-embedding-3-small"), { dimensions: 1536 });
 * const sotto = createSotto({ embedder });
 * ```
 */
export function fromEmbeddingModel(model: EmbeddingModel, options: FromEmbeddingModelOptions): Embedder {
  const { dimensions, prefix, calibration = { low: 0, high: 1 }, maxRetries = 2, maxParallelCalls = 4 } = options;
  if (!Number.isInteger(dimensions) || dimensions % 8 !== 0 || dimensions < 8 || dimensions > 4096) {
    throw new InvalidArgumentError("dimensions", `${String(dimensions)} is not a multiple of 8 from 8 to 4096`);
  }
  if (!(calibration.low < calibration.high)) {
    throw new InvalidArgumentError("calibration", `low ${calibration.low} is not below high ${calibration.high}`);
  }
  const id = options.id ?? (typeof model === "string" ? model : `${model.provider}/${model.modelId}`);

  async function ask(values: string[], kind: EmbedKind, signal: AbortSignal | undefined): Promise<number[][]> {
    const given = options.providerOptions;
    const providerOptions = typeof given === "function" ? given(kind) : given;
    try {
      const { embeddings } = await embedMany({
        model,
        values,
        maxRetries,
        maxParallelCalls,
        ...(signal === undefined ? {} : { abortSignal: signal }),
        ...(providerOptions === undefined ? {} : { providerOptions }),
      });
      return embeddings;
    } catch (error) {
      // The SDK wraps what it retried.
      signal?.throwIfAborted();
      throw error;
    }
  }

  return {
    id,
    dimensions,
    calibration,
    ...(options.defaultAlpha === undefined ? {} : { defaultAlpha: options.defaultAlpha }),
    async embed(texts, { kind, signal }) {
      signal?.throwIfAborted();
      const vectors = new Array<Float32Array | null>(texts.length).fill(null);
      const asked = [...texts.keys()].filter((at) => /[^\p{White_Space}\p{Cc}\p{Cs}]/u.test(texts[at] as string));
      if (asked.length === 0) return vectors;
      const before = prefix?.[kind] ?? "";
      const embeddings = await ask(
        asked.map((at) => before + (texts[at] as string)),
        kind,
        signal,
      );
      for (const [i, at] of asked.entries()) vectors[at] = unitVector(embeddings[i] ?? [], dimensions, id);
      return vectors;
    },
  };
}

/** Null for a vector of zeros: it points nowhere. */
function unitVector(embedding: readonly number[], dimensions: number, id: string): Float32Array | null {
  if (embedding.length !== dimensions) {
    throw new EmbeddingFailedError(id, `it answered with ${embedding.length} dimensions instead of ${dimensions}`);
  }
  const norm = Math.hypot(...embedding);
  if (norm === 0) return null;
  if (!Number.isFinite(norm)) throw new EmbeddingFailedError(id, "it answered with a number that is not finite");
  return Float32Array.from(embedding, (value) => value / norm);
}
