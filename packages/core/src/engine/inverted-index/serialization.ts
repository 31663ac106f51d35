import { StorageCorruptError } from "../../errors/storage-corrupt-error.ts";
import { StorageNewerFormatError } from "../../errors/storage-newer-format-error.ts";
import { detached } from "../analysis/detached.ts";
import type { Bm25Source } from "./bm25-scorer.ts";
import { slotOfPosting } from "./posting.ts";

const WHERE = "The words of a snapshot";
const FORMAT = 1;
const HEADER_FIELDS = 5;
const PART_COUNT = 7;

export interface DecodedIndex {
  slotCount: number;
  documentCount: number;
  totalLength: number;
  terms: string[];
  /** Document frequency and length of the posting list of each term. */
  frequencies: Uint32Array;
  counts: Uint32Array;
  lengthClasses: Uint8Array;
  postings: Uint32Array;
}

/**
 * Seven parts, numbers little-endian: header (float64: format, slots, documents, total length, terms), the terms as one
 * UTF-8 text, the length of each in it (uint16, UTF-16 units), document frequencies (uint32), lengths of the posting
 * lists (uint32), length classes (uint8), postings (uint32).
 */
export function encodeIndex(source: Bm25Source, documentCount: number, totalLength: number): Uint8Array[] {
  const { lists, slotCount } = source;
  const kept: string[] = [];
  const ids: number[] = [];
  let id = -1;
  for (const term of source.terms.terms()) {
    id++;
    if (source.terms.frequency(id) === 0) continue;
    kept.push(term);
    ids.push(id);
  }
  const lengths = new Uint16Array(ids.length);
  const frequencies = new Uint32Array(ids.length);
  const counts = new Uint32Array(ids.length);
  for (let i = 0; i < ids.length; i++) {
    lengths[i] = (kept[i] as string).length;
    frequencies[i] = source.terms.frequency(ids[i] as number);
    counts[i] = lists.count(ids[i] as number);
  }
  return [
    bytesOf(Float64Array.of(FORMAT, slotCount, documentCount, totalLength, kept.length)),
    new TextEncoder().encode(kept.join("")),
    bytesOf(lengths),
    bytesOf(frequencies),
    bytesOf(counts),
    source.lengths.view(slotCount).slice(),
    bytesOf(lists.copy(ids)),
  ];
}

export function decodeIndex(parts: readonly Uint8Array[]): DecodedIndex {
  const header = new Float64Array(buffer(parts[0]));
  if ((header[0] ?? 0) > FORMAT) throw new StorageNewerFormatError(WHERE, header[0] as number, FORMAT);
  check(parts.length === PART_COUNT && header.length === HEADER_FIELDS, "it has not the parts of an inverted index");
  const [, slotCount, documentCount, totalLength, termCount] = header as unknown as [
    number,
    number,
    number,
    number,
    number,
  ];
  const frequencies = new Uint32Array(buffer(parts[3]));
  const counts = new Uint32Array(buffer(parts[4]));
  const lengthClasses = parts[5] as Uint8Array;
  const postings = new Uint32Array(buffer(parts[6]));
  check(frequencies.length === termCount && counts.length === termCount, `it does not hold ${termCount} terms`);
  check(lengthClasses.length === slotCount, `it does not hold ${slotCount} lengths`);
  const total = counts.reduce((sum, count) => sum + count, 0);
  check(postings.length === total, `it holds ${postings.length} postings, not ${total}`);
  check(allBelow(postings, slotCount), `a posting is beyond its ${slotCount} slots`);
  const terms = decodeTerms(parts[1] as Uint8Array, new Uint16Array(buffer(parts[2])), termCount);
  return { slotCount, documentCount, totalLength, terms, frequencies, counts, lengthClasses, postings };
}

/** So that a damaged posting cannot make scoring write outside its sums. */
function allBelow(postings: Uint32Array, slotCount: number): boolean {
  for (let i = 0; i < postings.length; i++) if (slotOfPosting(postings[i] as number) >= slotCount) return false;
  return true;
}

function decodeTerms(utf8: Uint8Array, lengths: Uint16Array, termCount: number): string[] {
  const text = new TextDecoder().decode(utf8);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  check(lengths.length === termCount && total === text.length, "its terms are cut short");
  let at = 0;
  return Array.from(lengths, (length) => {
    const start = at;
    at += length;
    return detached(text.slice(start, at));
  });
}

function bytesOf(array: Float64Array | Uint32Array | Uint16Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** The bytes in a buffer of their own, so that numbers in it are aligned. */
function buffer(bytes: Uint8Array | undefined): ArrayBuffer {
  check(bytes !== undefined, "a part is missing");
  return bytes.slice().buffer as ArrayBuffer;
}

function check(condition: boolean, reason: string): asserts condition {
  if (!condition) throw new StorageCorruptError(WHERE, reason);
}
