import { StorageCorruptError, StorageNewerFormatError } from "../../errors/index.ts";
import { BYTES_A_STEP, ITEMS_A_STEP, type Steps } from "../../steps.ts";
import { decodeStrings, encodeStrings, numbersIn } from "../bytes/index.ts";
import type { Bm25Source } from "./bm25-scorer.ts";
import { slotOfPosting } from "./posting.ts";
import { POSTING_BYTES } from "./posting-blocks.ts";

const WHERE = "The words of a snapshot";
const FORMAT = 2;
const HEADER_FIELDS = 5;
const PART_COUNT = 7;
const POSTINGS_A_STEP = BYTES_A_STEP / POSTING_BYTES;
type Part = Uint8Array;
type Parts = readonly [Part, Part, Part, Part, Part, Part, Part];

export interface DecodedIndex {
  slotCount: number;
  documentCount: number;
  totalLength: number;
  terms: string[];
  /** Document frequency and length of the posting list of each term; these and the postings may be views of the parts. */
  frequencies: Uint32Array;
  counts: Uint32Array;
  lengthClasses: Uint8Array;
  postings: Uint32Array;
}

/**
 * Seven parts, numbers little-endian: header (float64: format, slots, documents, total length, terms), the terms (two
 * parts, see `encodeStrings`), document frequencies (uint32), lengths of the posting lists (uint32), length classes
 * (uint8), postings (uint32).
 */
export function* encodeIndex(source: Bm25Source, documentCount: number, totalLength: number): Steps<Uint8Array[]> {
  const { lists, slotCount } = source;
  const kept: string[] = [];
  const ids: number[] = [];
  let id = -1;
  for (const term of source.terms.terms()) {
    id++;
    if (id > 0 && id % ITEMS_A_STEP === 0) yield;
    if (source.terms.frequency(id) === 0) continue;
    kept.push(term);
    ids.push(id);
  }
  const frequencies = new Uint32Array(ids.length);
  const counts = new Uint32Array(ids.length);
  for (let i = 0; i < ids.length; i++) {
    frequencies[i] = source.terms.frequency(ids[i] as number);
    counts[i] = lists.count(ids[i] as number);
  }
  return [
    bytesOf(Float64Array.of(FORMAT, slotCount, documentCount, totalLength, kept.length)),
    ...(yield* encodeStrings(kept)),
    bytesOf(frequencies),
    bytesOf(counts),
    source.lengths.view(slotCount).slice(),
    bytesOf(yield* lists.copy(ids)),
  ];
}

export function* decodeIndex(parts: readonly Uint8Array[]): Steps<DecodedIndex> {
  const header = numbersIn(parts[0] ?? new Uint8Array(0), Float64Array);
  if ((header[0] ?? 0) > FORMAT) throw new StorageNewerFormatError(WHERE, header[0] as number, FORMAT);
  check(parts.length === PART_COUNT && header.length === HEADER_FIELDS, "it has not the parts of an inverted index");
  const [, slotCount, documentCount, totalLength, termCount] = header as unknown as [
    number,
    number,
    number,
    number,
    number,
  ];
  const [, utf8, lengths, frequencyBytes, countBytes, lengthClasses, postingBytes] = parts as Parts;
  const frequencies = numbersIn(frequencyBytes, Uint32Array);
  const counts = numbersIn(countBytes, Uint32Array);
  const postings = numbersIn(postingBytes, Uint32Array);
  check(frequencies.length === termCount && counts.length === termCount, `it does not hold ${termCount} terms`);
  check(lengthClasses.length === slotCount, `it does not hold ${slotCount} lengths`);
  const total = counts.reduce((sum, count) => sum + count, 0);
  check(postings.length === total, `it holds ${postings.length} postings, not ${total}`);
  for (let start = 0; start < postings.length; start += POSTINGS_A_STEP) {
    if (start > 0) yield;
    const some = postings.subarray(start, start + POSTINGS_A_STEP);
    check(allBelow(some, slotCount), `a posting is beyond its ${slotCount} slots`);
  }
  const terms = yield* decodeStrings(utf8, lengths);
  check(terms?.length === termCount, "its terms are cut short");
  return { slotCount, documentCount, totalLength, terms, frequencies, counts, lengthClasses, postings };
}

/** So that a damaged posting cannot make scoring write outside its sums. */
function allBelow(postings: Uint32Array, slotCount: number): boolean {
  for (let i = 0; i < postings.length; i++) if (slotOfPosting(postings[i] as number) >= slotCount) return false;
  return true;
}

function bytesOf(array: Float64Array | Uint32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

function check(condition: boolean, reason: string): asserts condition {
  if (!condition) throw new StorageCorruptError(WHERE, reason);
}
