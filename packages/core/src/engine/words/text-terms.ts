import { forEachTerm, type Language, languageCodes, type Term } from "../analysis/index.ts";
import { TITLE_WEIGHT } from "./document-terms.ts";
import { classOfLength, lengthOfClass } from "./length-class.ts";

/** The distinct terms of one document, as `InvertedIndex` counts them. */
export interface TextTerms {
  terms: { term: string; frequency: number }[];
  /** Terms without stop words: exact, and as BM25's norm takes it. */
  length: number;
  normLength: number;
}

/** A term that no text has, for the language of a document: so many documents hold it as are in that language. */
export function languageTerm(language: Language): string {
  return `\u0001${languageCodes[language] ?? ""}`;
}

/** For what is indexed elsewhere than in this process. */
export function textTerms(text: string, title?: string): TextTerms {
  const frequencies = new Map<string, number>();
  let length = 0;
  const count = (times: number) => (term: Term) => {
    if (!term.stopWord) length++;
    frequencies.set(term.text, (frequencies.get(term.text) ?? 0) + times);
  };
  const language = forEachTerm(text, count(1));
  if (title !== undefined) forEachTerm(title, count(TITLE_WEIGHT), language);
  frequencies.set(languageTerm(language), 1);
  const terms = Array.from(frequencies, ([term, frequency]) => ({ term, frequency }));
  return { terms, length, normLength: lengthOfClass[classOfLength(length)] ?? length };
}
