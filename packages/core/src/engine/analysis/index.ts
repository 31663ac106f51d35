export { analyze, clearAnalysisCache, forEachTerm } from "./analyze.ts";
export { analyzeQuery, type QueryTerm } from "./analyze-query.ts";
export { normalizedText } from "./normalized-text.ts";
export { stopWords } from "./stop-words.ts";
export { Term } from "./term.ts";
