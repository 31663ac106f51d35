export { analyzeQuery, type QueryTerm } from "../analysis/analyze-query.ts";
export {
  DEFAULT_B,
  DEFAULT_K1,
  InvertedIndex,
  type InvertedIndexOptions,
  type SparseSearchOptions,
} from "./inverted-index.ts";
export { type Bm25Statistics, poolStatistics } from "./statistics.ts";
