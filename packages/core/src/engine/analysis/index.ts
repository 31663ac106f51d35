export { analyze, clearAnalysisCache } from "./analyze.ts";
export { analyzeQuery, type QueryTerm } from "./analyze-query.ts";
export { stopWords } from "./stop-words.ts";
export type { Term } from "./term.ts";
