/** Scores documents against a query with a stronger, slower model. Optional. */
export interface Reranker {
  readonly id: string;
  /** One score a document, in [0, 1], in the order of the documents. */
  rerank(query: string, documents: readonly string[], options?: { signal?: AbortSignal }): Promise<readonly number[]>;
}
