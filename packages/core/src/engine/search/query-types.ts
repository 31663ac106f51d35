import type { StoredDocument } from "../documents/index.ts";
import type { Filter } from "../filter/index.ts";

export interface QueryOptions {
  /** How many hits, 1 to `limits.topK`. Default 5. */
  topK?: number;
  /** Share of the dense score: 1 is dense only, 0 is BM25 only. Default: the embedder's `defaultAlpha`, less where it knows only part of the query's words. */
  alpha?: number;
  filter?: Filter;
  /** Leaves out hits with a lower score, in [0, 1]. Default 0. With it a search may return nothing. */
  minScore?: number;
  /** The query's own vector, instead of one by the embedder. */
  embedding?: Float32Array | readonly number[];
  /** Adds `explain` to every hit. */
  explain?: boolean;
  /** `parent`: at most one hit (the best) for each document that was cut into chunks. */
  groupBy?: "parent";
  /** Rescore the hits with the reranker of `createSotto`. Default false. */
  rerank?: boolean;
  signal?: AbortSignal;
}

export interface HitExplanation {
  /** Calibrated cosine, in [0, 1]. */
  dense: number;
  /** Cosine as the index holds it (int8), in [-1, 1]; undefined when the document or the query has no vector. */
  cosine: number | undefined;
  /** BM25 over the most that the query could attain, in [0, 1]. */
  sparse: number;
  /** BM25 itself. */
  bm25: number;
  /** The alpha that was used. */
  alpha: number;
  /** Query terms that the document holds, as analysed. */
  matchedTerms: string[];
  /** Score before reranking, when a reranker ran. */
  scoreBeforeRerank?: number;
}

export interface Hit extends StoredDocument {
  /** In [0, 1]; comparable between indexes of one query. */
  score: number;
  /** The index that it came from. */
  index: string;
  explain?: HitExplanation;
}

export interface QueryResult {
  query: string;
  /** Best first; ties in the order in which the documents were added. */
  hits: Hit[];
  /** Milliseconds spent embedding the query, searching, and in all. */
  embedMs: number;
  searchMs: number;
  tookMs: number;
}
