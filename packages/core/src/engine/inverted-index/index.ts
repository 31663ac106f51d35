export { analyzeQuery, type QueryTerm } from "../analysis/analyze-query.ts";
export type { OpenScores } from "./bm25-scorer.ts";
export { DEFAULT_B, DEFAULT_K1, InvertedIndex, type InvertedIndexOptions } from "./inverted-index.ts";
export { type Bm25Statistics, poolStatistics } from "./statistics.ts";
