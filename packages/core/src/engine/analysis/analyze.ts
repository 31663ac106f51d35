import { chunkTerms } from "./chunk-terms.ts";
import { detached } from "./detached.ts";
import { findChunks } from "./find-chunks.ts";
import type { Term } from "./term.ts";

const MOST_CACHED = 65_536;
const LONGEST_CACHED = 64;

const beyondAscii = /[^\0-\x7f]/;
const cache = new Map<string, readonly Term[]>();

/**
 * The terms of a text in order, as they are indexed and searched: NFKC, lower case, Porter2 stems of English words, stop
 * words marked. Identifiers, part numbers, versions, prices, dates and addresses give the whole and its parts (see
 * `splitCompound`); scripts without spaces give characters and pairs. A pure function: same text, same terms.
 *
 * @example
 * analyze("Resetting SKU-4471-B").map((term) => term.text); // ["reset", "sku4471b", "sku", "4471", "b"]
 */
export function analyze(text: string): Term[] {
  const normalized = beyondAscii.test(text) ? text.normalize("NFKC") : text;
  const terms: Term[] = [];
  findChunks(normalized, (start, end) => {
    for (const term of cachedTerms(normalized.slice(start, end))) terms.push(term);
  });
  return terms;
}

/** Drops the memory of analysed words, so that no word of a forgotten text stays in the process. */
export function clearAnalysisCache(): void {
  cache.clear();
}

function cachedTerms(chunk: string): readonly Term[] {
  const known = cache.get(chunk);
  if (known !== undefined) return known;
  const own = detached(chunk);
  const terms = chunkTerms(own);
  if (own.length <= LONGEST_CACHED) {
    if (cache.size >= MOST_CACHED) cache.clear();
    cache.set(own, terms);
  }
  return terms;
}
