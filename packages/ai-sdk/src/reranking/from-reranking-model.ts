import type { Reranker } from "@sotto/core";
import { type RerankingModel, rerank } from "ai";
import type { ProviderOptions } from "../provider-types.ts";

export interface FromRerankingModelOptions {
  /** Default `<provider>/<model id>`. */
  id?: string;
  /**
   * Maps the model's relevance to [0, 1]. Default: as it is, cut at 0 and 1. A model that answers with logits wants
   * `(x) => 1 / (1 + Math.exp(-x))`.
   */
  toScore?: (relevance: number) => number;
  /** Retries of a request. Default 2. */
  maxRetries?: number;
  providerOptions?: ProviderOptions;
}

/**
 * Any reranking model of the AI SDK as a Sotto reranker. A document that the model leaves out has the score 0.
 *
 * @example
 * ```ts
 * const sotto = createSotto({ reranker: fromRerankingModel(cohere.reranking("rerank-v3.5")) });
 * ```
 */
export function fromRerankingModel(model: RerankingModel, options: FromRerankingModelOptions = {}): Reranker {
  const { toScore = (relevance) => relevance, maxRetries = 2, providerOptions } = options;
  return {
    id: options.id ?? (typeof model === "string" ? model : `${model.provider}/${model.modelId}`),
    async rerank(query, documents, { signal } = {}) {
      signal?.throwIfAborted();
      const scores = new Array<number>(documents.length).fill(0);
      if (documents.length === 0) return scores;
      try {
        const { ranking } = await rerank({
          model,
          query,
          documents: [...documents],
          maxRetries,
          ...(signal === undefined ? {} : { abortSignal: signal }),
          ...(providerOptions === undefined ? {} : { providerOptions }),
        });
        for (const { originalIndex, score } of ranking) {
          const mapped = toScore(score);
          scores[originalIndex] = Number.isFinite(mapped) ? Math.min(1, Math.max(0, mapped)) : 0;
        }
      } catch (error) {
        signal?.throwIfAborted();
        throw error;
      }
      return scores;
    },
  };
}
