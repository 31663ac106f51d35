import type { QueryTerm } from "../analysis/index.ts";

/** What BM25 needs to know about a collection. */
export interface Bm25Statistics {
  readonly documentCount: number;
  /** Terms of all documents together, stop words not counted. */
  readonly totalLength: number;
  /** How many documents hold the term. */
  documentFrequency(term: string): number;
}

/**
 * The statistics of several indexes taken as one, for a query of these terms: with them the scores of the indexes
 * compare.
 */
export function poolStatistics(indexes: readonly Bm25Statistics[], terms: readonly QueryTerm[]): Bm25Statistics {
  const sum = (of: (index: Bm25Statistics) => number) => indexes.reduce((total, index) => total + of(index), 0);
  const frequencies = new Map(
    terms
      .flatMap(({ term, variants = [] }) => [term, ...variants])
      .map((term) => [term, sum((index) => index.documentFrequency(term))]),
  );
  return {
    documentCount: sum((index) => index.documentCount),
    totalLength: sum((index) => index.totalLength),
    documentFrequency: (term) => frequencies.get(term) ?? sum((index) => index.documentFrequency(term)),
  };
}

/** Documents that hold a term of a query in any of its forms, as near as the counts of each form tell. */
export function groupFrequency({ term, variants, similar }: QueryTerm, statistics: Bm25Statistics): number {
  let sum = statistics.documentFrequency(term);
  if (similar !== undefined) for (const each of similar) sum += statistics.documentFrequency(each.term);
  if (variants === undefined) return Math.min(sum, statistics.documentCount);
  for (const variant of variants) sum += statistics.documentFrequency(variant);
  return Math.min(sum, statistics.documentCount);
}

/**
 * Documents without any of the words that are counted along with every index, so that a word weighs about as much among
 * five documents as among five thousand: in a store of one document every word of it would weigh next to nothing, and
 * every other one five times as much. Measured: `docs/retrieval.md`.
 */
export const PRIOR_DOCUMENTS = 100;

/** ln(1 + (N - df + 0.5) / (df + 0.5)), Lucene's form, of N documents and `PRIOR_DOCUMENTS` more. */
export function inverseDocumentFrequency(documentCount: number, documentFrequency: number): number {
  return Math.log(1 + (documentCount + PRIOR_DOCUMENTS - documentFrequency + 0.5) / (documentFrequency + 0.5));
}
