import { Chunk, visitTerms } from "./chunk.ts";
import { ChunkCache } from "./chunk-cache.ts";
import { findChunks } from "./find-chunks.ts";
import { visibleText } from "./fold.ts";
import { type Language, LanguageVote } from "./languages/language-table.ts";
import { joinedNumbers, type NumberPiece } from "./numbers/joined-numbers.ts";
import { Term } from "./term.ts";

/** Grows with every change of the terms that a text has: an index of another version is built anew from its texts. */
export const ANALYSIS_VERSION = 2;

const MOST_CACHED = 65_536;

const cache = new ChunkCache(MOST_CACHED, (text) => new Chunk(text));
const vote = new LanguageVote();
/** The chunks of the text at hand, and where each begins and ends. */
const scratch: { chunks: Chunk[]; bounds: number[] } = { chunks: [], bounds: [] };

/**
 * The terms of a text in order, as they are indexed and searched: lower case, without accents, stems by Snowball in the
 * language that the plainest words of the text speak for, stop words of that language marked. Identifiers, part numbers, versions,
 * prices, dates and addresses give the whole and its parts (see `splitCompound`); numbers in several words follow at the
 * end (see `joinedNumbers`); scripts without spaces give characters and pairs. A pure function: same text, same terms.
 *
 * @example
 * analyze("Resetting SKU-4471-B").map((term) => term.text); // ["reset", "sku4471b", "sku", "4471", "b"]
 */
export function analyze(text: string, language?: Language): Term[] {
  const terms: Term[] = [];
  forEachTerm(
    text,
    (term) => {
      terms.push(term);
    },
    language,
  );
  return terms;
}

/** The same without a list. Answers the language: the given one, or the one that was found. */
export function forEachTerm(text: string, visit: (term: Term) => void, given?: Language): Language {
  const visible = visibleText(text);
  const { chunks, bounds } = scratch;
  let count = 0;
  let hasNumber = false;
  findChunks(visible, (start, end) => {
    const chunk = cache.get(visible, start, end);
    if (chunk.votes !== undefined) vote.add(chunk.votes);
    if (chunk.role?.isNumber === true) hasNumber = true;
    chunks[count] = chunk;
    bounds[2 * count] = start;
    bounds[2 * count + 1] = end;
    count++;
  });
  const found = vote.take();
  const language = given ?? found;
  for (let i = 0; i < count; i++) visitTerms((chunks[i] as Chunk).termsIn(language), visit);
  if (hasNumber) for (const number of joinedNumbers(visible, piecesOf(count))) visit(new Term(number, false));
  return language;
}

/** Those of the first `count` chunks that have a role in numbers. */
function piecesOf(count: number): NumberPiece[] {
  const pieces: NumberPiece[] = [];
  for (let i = 0; i < count; i++) {
    const { role } = scratch.chunks[i] as Chunk;
    const start = scratch.bounds[2 * i] as number;
    if (role !== undefined) pieces.push({ role, start, end: scratch.bounds[2 * i + 1] as number });
  }
  return pieces;
}

/** Calls `visit` for each chunk of a text, with where it stands. For queries. */
export function forEachChunk(text: string, visit: (chunk: Chunk, start: number, end: number) => void): string {
  const visible = visibleText(text);
  findChunks(visible, (start, end) => visit(cache.get(visible, start, end), start, end));
  return visible;
}

/** What is known of a chunk by itself. */
export function chunkOf(text: string): Chunk {
  return cache.get(text, 0, text.length);
}

/** Drops the memory of analysed words, so that no word of a forgotten text stays in the process. */
export function clearAnalysisCache(): void {
  cache.clear();
  scratch.chunks = [];
}
