export { analyze, clearAnalysisCache, forEachTerm } from "./analyze.ts";
export { analyzeQuery, type QueryTerm } from "./analyze-query.ts";
export { type LanguageWords, spokenLanguages } from "./languages/index.ts";
export { normalizedText } from "./normalized-text.ts";
export { type Question, type QuestionPart, type UnderstandOptions, understand } from "./question.ts";
export { sameWords } from "./same-words.ts";
export { sentencesOf, wholeSentences, wholeWords } from "./sentences.ts";
export { stopWords } from "./stop-words.ts";
export { Term } from "./term.ts";
