import { analyze } from "./analyze.ts";

/** One term of a query. */
export interface QueryTerm {
  readonly term: string;
  /** How often the query holds it, from 1. */
  readonly weight: number;
}

/**
 * The distinct terms of a query in order of appearance. Stop words are left out, unless there is nothing else: then
 * `who are you` and `to be or not to be` are searched for as they are.
 */
export function analyzeQuery(text: string): QueryTerm[] {
  const terms = analyze(text);
  const content = terms.filter((term) => !term.stopWord);
  const counts = new Map<string, number>();
  for (const term of content.length > 0 ? content : terms) counts.set(term.text, (counts.get(term.text) ?? 0) + 1);
  return Array.from(counts, ([term, weight]) => ({ term, weight }));
}
