export { type Attainable, DEFAULT_B, DEFAULT_K1, InvertedIndex } from "./inverted-index.ts";
export { LanguageCounts } from "./language-counts.ts";
export { type Bm25Statistics, groupFrequency, inverseDocumentFrequency, poolStatistics } from "./statistics.ts";
export { languageTerm, textTerms } from "./text-terms.ts";
export { type WeighedWords, wordWeight } from "./word-weight.ts";
