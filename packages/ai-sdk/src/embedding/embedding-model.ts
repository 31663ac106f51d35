import type { Embedder, EmbedKind } from "@sotto/core";
import type { EmbeddingModelV4 } from "../provider-types.ts";

export interface EmbeddingModelOptions {
  /**
   * What the texts are, for models that treat the two differently. Default `document`. A call may say otherwise with
   * `providerOptions: { sotto: { kind: "query" } }`.
   */
  kind?: EmbedKind;
  /** Texts in one call; `embedMany` cuts longer lists. Default 256. */
  maxEmbeddingsPerCall?: number;
}

/**
 * A Sotto embedder as an embedding model of the AI SDK, for `embed`, `embedMany` and whatever takes such a model. A text
 * of which the embedder knows nothing has a vector of zeros.
 *
 * @example
 * ```ts
 * import { embed } from "ai";
 * import { staticEmbedder } from "@sotto/embed-static";
 *
 * const model = embeddingModel(staticEmbedder(), { kind: "query" });
 * const { embedding } = await embed({ model, value: "how do I return it?" });
 * ```
 */
export function embeddingModel(embedder: Embedder, options: EmbeddingModelOptions = {}): EmbeddingModelV4 {
  const { kind: defaultKind = "document", maxEmbeddingsPerCall = 256 } = options;
  return {
    specificationVersion: "v4",
    provider: "sotto",
    modelId: embedder.id,
    maxEmbeddingsPerCall,
    supportsParallelCalls: false,
    async doEmbed({ values, abortSignal, providerOptions, dimensions }) {
      abortSignal?.throwIfAborted();
      const wanted = providerOptions?.sotto?.kind;
      const kind = wanted === "query" || wanted === "document" ? wanted : defaultKind;
      const vectors = await embedder.embed(values, {
        kind,
        ...(abortSignal === undefined ? {} : { signal: abortSignal }),
      });
      return {
        embeddings: vectors.map((vector) => Array.from(vector ?? new Float32Array(embedder.dimensions))),
        warnings:
          dimensions === undefined || dimensions === embedder.dimensions
            ? []
            : [
                {
                  type: "unsupported",
                  feature: "dimensions",
                  details: `${embedder.id} has ${embedder.dimensions} dimensions, not ${dimensions}.`,
                },
              ],
      };
    },
  };
}
