import { ClosedError, type Reranker } from "@sotto/core";
import { createRunQueue, untilAborted } from "@sotto-internal/embedding";
import { type LoadedReranker, loadReranker } from "./load-reranker.ts";
import type { TransformersRerankerOptions } from "./options.ts";
import { type RerankerPreset, rerankerPresets } from "./reranker-presets.ts";
import { presetOf, sourceSpec } from "./source-spec.ts";

/** A `Reranker` that can be prewarmed and disposed of. */
export type TransformersReranker = Reranker & {
  /** Loads the model and runs it once, so that the first `rerank` is fast. */
  prewarm(): Promise<void>;
  /** Frees the model. */
  dispose(): Promise<void>;
};

/**
 * A cross-encoder in this process, through transformers.js: it reads query and document together, one run of the model a
 * document, and answers scores in [0, 1].
 *
 * The model is loaded, and if need be downloaded, on first use. Errors: `InvalidArgumentError` at once for a bad option; from
 * `rerank` and `prewarm` `PackageMissingError`, `ModelUnavailableError`, `EmbeddingFailedError` where the model is no
 * cross-encoder, and `ClosedError` after `dispose`.
 *
 * @example
 * const sotto = createSotto({ reranker: transformersReranker({ preset: "ms-marco-MiniLM-L-6-v2", cacheDir: "./models" }) });
 * await sotto.query("help", "How do I get a refund?", { rerank: true });
 */
export function transformersReranker(options: TransformersRerankerOptions): TransformersReranker {
  const source = sourceSpec("reranking", options, presetOf<RerankerPreset>(rerankerPresets, options.preset));
  const { id = `${source.model}@${source.revision}:${source.dtype}` } = options;
  const queue = createRunQueue();
  let loading: Promise<LoadedReranker> | undefined;
  let disposing: Promise<void> | undefined;

  function assertOpen(): void {
    if (disposing !== undefined) throw new ClosedError(`The reranker "${id}"`);
  }

  function load(): Promise<LoadedReranker> {
    assertOpen();
    loading ??= loadReranker({ ...source, id }).catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  }

  async function score(query: string, documents: readonly string[], signal?: AbortSignal): Promise<number[]> {
    const model = await load();
    const scores: number[] = [];
    for (let start = 0; start < documents.length; start += source.batchSize) {
      const batch = documents.slice(start, start + source.batchSize);
      scores.push(
        ...(await queue.run(async () => {
          signal?.throwIfAborted();
          assertOpen();
          return await model.run(query, batch);
        })),
      );
    }
    return scores;
  }

  const reranker: TransformersReranker = {
    id,
    async rerank(query, documents, { signal } = {}) {
      signal?.throwIfAborted();
      assertOpen();
      return documents.length === 0 ? [] : await untilAborted(score(query, documents, signal), signal);
    },
    async prewarm() {
      await reranker.rerank("warm", ["warm"]);
    },
    dispose() {
      disposing ??= (async () => {
        const model = await loading?.catch(() => undefined);
        if (model !== undefined) await queue.run(() => model.release());
      })();
      return disposing;
    },
  };
  return reranker;
}
