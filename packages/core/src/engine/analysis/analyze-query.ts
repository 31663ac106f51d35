import { analyze } from "./analyze.ts";
import type { SpokenLanguage } from "./spoken/spoken-language.ts";

/** One term of a query. */
export interface QueryTerm {
  readonly term: string;
  /** What it counts: how often the query holds it, less where it is mostly discourse. Above 0. */
  readonly weight: number;
}

/** What a word counts that is mostly discourse (`actually`, `please`), and was not left out by its place. */
const WEAK_WEIGHT = 0.25;

/**
 * The distinct terms of a query in order of appearance. Stop words are left out, unless there is nothing else: then
 * `who are you` and `to be or not to be` are searched for as they are.
 */
export function queryTerms(text: string, { weak }: Pick<SpokenLanguage, "weak">): QueryTerm[] {
  const terms = analyze(text);
  const content = terms.filter((term) => !term.stopWord);
  const counts = new Map<string, number>();
  for (const term of content.length > 0 ? content : terms)
    counts.set(term.text, (counts.get(term.text) ?? 0) + (weak.has(term.text) ? WEAK_WEIGHT : 1));
  return Array.from(counts, ([term, weight]) => ({ term, weight }));
}

/** The same of a text that nobody spoke: every word counts in full. */
export function analyzeQuery(text: string): QueryTerm[] {
  return queryTerms(text, NOTHING_WEAK);
}

const NOTHING_WEAK = { weak: new Set<string>() };
