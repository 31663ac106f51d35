import type { SearchTarget } from "./search-target.ts";

/** The least score that is worth showing among up to `FEW` documents, and among `MANY` and more. */
const LEAST_OF_FEW = 0.1;
const LEAST_OF_MANY = 0.2;
const FEW = 10;
const MANY = 1_000;

/**
 * Under this score a document is most likely not what was asked for. The best of many documents that have nothing to do with a question scores
 * higher than the best of few, so it rises with the logarithm of their number: 0.1 up to ten documents, 0.15 for a
 * hundred, 0.2 from a thousand on. Measured: `docs/retrieval.md`.
 */
export function leastScore(targets: readonly Pick<SearchTarget, "index" | "statistics">[]): number {
  const documents = targets.reduce(
    (sum, { index, statistics }) => sum + (statistics?.documentCount ?? index.documents.size),
    0,
  );
  const share = Math.log(Math.max(documents, FEW) / FEW) / Math.log(MANY / FEW);
  return LEAST_OF_FEW + (LEAST_OF_MANY - LEAST_OF_FEW) * Math.min(share, 1);
}
