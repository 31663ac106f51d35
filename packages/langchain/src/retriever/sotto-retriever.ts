import { CallbackManager, type CallbackManagerForRetrieverRun } from "@langchain/core/callbacks/manager";
import type { DocumentInterface } from "@langchain/core/documents";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { BaseRetriever, type BaseRetrieverInput } from "@langchain/core/retrievers";
import { ensureConfig, type RunnableConfig } from "@langchain/core/runnables";
import { maximalMarginalRelevance } from "@langchain/core/utils/math";
import type { Filter, Hit, QueryOptions, Sotto } from "@sotto/core";
import { SottoEmbeddings } from "../embeddings/sotto-embeddings.ts";
import { untilAborted } from "../until-aborted.ts";
import { type HitMetadata, hitToDocument } from "./hit-to-document.ts";

/**
 * `hybrid`: vectors and BM25. `similarity`: vectors alone. `keyword`: BM25 alone. `mmr`: hybrid, then maximal marginal
 * relevance, so that the results differ from each other.
 */
export type SottoSearchType = "hybrid" | "similarity" | "keyword" | "mmr";

export interface SottoRetrieverFields extends BaseRetrieverInput {
  sotto: Sotto;
  /** One index or several, searched together. */
  indexes: string | readonly string[];
  /** How many documents at most. Default 4. */
  k?: number;
  /** Default `hybrid`. */
  searchType?: SottoSearchType;
  /** Share of the vectors in a hybrid search, in [0, 1]. Default: what suits the embedder. */
  alpha?: number;
  /** On the documents' metadata. */
  filter?: Filter;
  /** Leaves out weaker documents, in [0, 1]. Default 0. */
  minScore?: number;
  /** `parent`: at most one chunk of each document. */
  groupBy?: "parent";
  /** Rescore with the reranker of `createSotto`. Default false. */
  rerank?: boolean;
  /** Puts the parts of each score into `metadata.explain`. Default false. */
  explain?: boolean;
  /** For `mmr`: how many candidates (default 20), relevance against diversity in [0, 1] (default 0.5), and what measures
   * how alike two documents are (default: the static embedder). */
  fetchK?: number;
  lambda?: number;
  embeddings?: EmbeddingsInterface;
}

/**
 * Searches Sotto's indexes. A call's `signal` and `timeout` are honoured, also on a direct `invoke`; both reject with
 * the signal's reason. A search may rightly find nothing.
 *
 * @example
 * const retriever = new SottoRetriever({ sotto, indexes: "help", k: 3 });
 * const documents = await retriever.invoke("how long can I send it back?", { timeout: 200 });
 * console.log(documents[0]?.pageContent, documents[0]?.metadata.score);
 */
export class SottoRetriever extends BaseRetriever<HitMetadata> {
  override lc_namespace = ["sotto", "retrievers"];
  readonly #fields: SottoRetrieverFields;

  static override lc_name(): string {
    return "SottoRetriever";
  }

  constructor(fields: SottoRetrieverFields) {
    super(fields);
    this.#fields = fields;
  }

  override async invoke(input: string, options?: RunnableConfig): Promise<DocumentInterface<HitMetadata>[]> {
    const config = ensureConfig(options);
    const manager = await CallbackManager.configure(
      config.callbacks,
      this.callbacks,
      config.tags,
      this.tags,
      config.metadata,
      this.metadata,
      { verbose: this.verbose ?? false },
    );
    const { runId, runName } = config;
    const run = await manager?.handleRetrieverStart(
      this.toJSON(),
      input,
      runId,
      undefined,
      undefined,
      undefined,
      runName,
    );
    try {
      config.signal?.throwIfAborted();
      const documents = await untilAborted(this.#search(input, config.signal), config.signal);
      await run?.handleRetrieverEnd(documents);
      return documents;
    } catch (error) {
      await run?.handleRetrieverError(error);
      throw error;
    }
  }

  override async _getRelevantDocuments(
    query: string,
    _runManager?: CallbackManagerForRetrieverRun,
  ): Promise<DocumentInterface<HitMetadata>[]> {
    return this.#search(query);
  }

  async #search(query: string, signal?: AbortSignal): Promise<DocumentInterface<HitMetadata>[]> {
    const { sotto, indexes, k = 4, searchType = "hybrid", fetchK = 20 } = this.#fields;
    const topK = searchType === "mmr" ? Math.max(k, fetchK) : k;
    const { hits } = await sotto.query(indexes, query, {
      topK,
      ...this.#queryOptions(searchType),
      ...(signal === undefined ? {} : { signal }),
    });
    const chosen = searchType === "mmr" ? await this.#diverse(query, hits, k) : hits;
    return chosen.map(hitToDocument);
  }

  #queryOptions(searchType: SottoSearchType): QueryOptions {
    const { alpha, filter, minScore, groupBy, rerank, explain } = this.#fields;
    const share = searchType === "similarity" ? 1 : searchType === "keyword" ? 0 : alpha;
    const given = { alpha: share, filter, minScore, groupBy, rerank, explain };
    return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  }

  async #diverse(query: string, hits: readonly Hit[], k: number): Promise<Hit[]> {
    const { embeddings = new SottoEmbeddings(), lambda = 0.5 } = this.#fields;
    const [wanted, vectors] = await Promise.all([
      embeddings.embedQuery(query),
      embeddings.embedDocuments(hits.map(({ text }) => text)),
    ]);
    return maximalMarginalRelevance(wanted, vectors, lambda, k).map((i) => hits[i] as Hit);
  }
}
