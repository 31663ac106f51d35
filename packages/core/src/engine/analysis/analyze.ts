import { ChunkCache } from "./chunk-cache.ts";
import { chunkTerms } from "./chunk-terms.ts";
import { findChunks } from "./find-chunks.ts";
import { Term } from "./term.ts";

const MOST_CACHED = 65_536;

const beyondAscii = /[^\0-\x7f]/;
const cache = new ChunkCache(MOST_CACHED, (chunk) => {
  const terms = chunkTerms(chunk);
  return terms.length === 1 ? (terms[0] as Term) : terms;
});

/**
 * The terms of a text in order, as they are indexed and searched: NFKC, lower case, Porter2 stems of English words, stop
 * words marked. Identifiers, part numbers, versions, prices, dates and addresses give the whole and its parts (see
 * `splitCompound`); scripts without spaces give characters and pairs. A pure function: same text, same terms.
 *
 * @example
 * analyze("Resetting SKU-4471-B").map((term) => term.text); // ["reset", "sku4471b", "sku", "4471", "b"]
 */
export function analyze(text: string): Term[] {
  const terms: Term[] = [];
  forEachTerm(text, (term) => {
    terms.push(term);
  });
  return terms;
}

/** The same without a list. */
export function forEachTerm(text: string, visit: (term: Term) => void): void {
  const normalized = beyondAscii.test(text) ? text.normalize("NFKC") : text;
  findChunks(normalized, (start, end) => {
    const terms = cache.get(normalized, start, end);
    if (terms instanceof Term) visit(terms);
    else for (let i = 0; i < terms.length; i++) visit(terms[i] as Term);
  });
}

/** Drops the memory of analysed words, so that no word of a forgotten text stays in the process. */
export function clearAnalysisCache(): void {
  cache.clear();
}
