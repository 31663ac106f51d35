export { type Attainable, InvertedIndex } from "./inverted-index.ts";
export { type Bm25Statistics, poolStatistics } from "./statistics.ts";
