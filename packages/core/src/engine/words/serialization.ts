import { StorageCorruptError, StorageNewerFormatError } from "../../errors/index.ts";
import { BYTES_A_STEP, ITEMS_A_STEP, type Steps } from "../../steps.ts";
import { ANALYSIS_VERSION } from "../analysis/index.ts";
import { decodeStrings, encodeStrings, numbersIn } from "../bytes/index.ts";
import type { Bm25Source } from "./bm25-scorer.ts";
import { slotOfPosting } from "./posting.ts";
import { POSTING_BYTES } from "./posting-blocks.ts";

const WHERE = "The words of a snapshot";
const FORMAT = 3;
const HEADER_FIELDS = 7;
const PART_COUNT = 8;
/** Where the header has the version of the analysis; earlier formats have none. */
const ANALYSIS_FIELD = 5;
const LANGUAGES_FIELD = 6;
const POSTINGS_A_STEP = BYTES_A_STEP / POSTING_BYTES;
type Part = Uint8Array;
type Parts = readonly [Part, Part, Part, Part, Part, Part, Part, Part];

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
  /** Documents by the number of their language. */
  languages: Float64Array;
}

/**
 * Eight parts, numbers little-endian: header (float64: format, slots, documents, total length, terms, version of the
 * analysis, languages), the terms (two parts, see `encodeStrings`), document frequencies (uint32), lengths of the posting lists
 * (uint32), length classes (uint8), postings (uint32), documents by language (float64).
 */
export function* encodeIndex(
  source: Bm25Source,
  documentCount: number,
  totalLength: number,
  languages: Float64Array,
): Steps<Uint8Array[]> {
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
    bytesOf(
      Float64Array.of(FORMAT, slotCount, documentCount, totalLength, kept.length, ANALYSIS_VERSION, languages.length),
    ),
    ...(yield* encodeStrings(kept)),
    bytesOf(frequencies),
    bytesOf(counts),
    source.lengths.view(slotCount).slice(),
    bytesOf(yield* lists.copy(ids)),
    bytesOf(languages),
  ];
}

/** The version of the analysis that the terms of these parts are of; undefined for parts from before it had one. */
export function analysisOf(parts: readonly Uint8Array[]): number | undefined {
  const header = numbersIn(parts[0] ?? new Uint8Array(0), Float64Array);
  const [format = 0] = header;
  if (format > FORMAT) throw new StorageNewerFormatError(WHERE, format, FORMAT);
  return format === FORMAT ? header[ANALYSIS_FIELD] : undefined;
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
  const [, utf8, lengths, frequencyBytes, countBytes, lengthClasses, postingBytes, languageBytes] = parts as Parts;
  const frequencies = numbersIn(frequencyBytes, Uint32Array);
  const counts = numbersIn(countBytes, Uint32Array);
  const postings = numbersIn(postingBytes, Uint32Array);
  const languages = numbersIn(languageBytes, Float64Array);
  check(frequencies.length === termCount && counts.length === termCount, `it does not hold ${termCount} terms`);
  check(lengthClasses.length === slotCount, `it does not hold ${slotCount} lengths`);
  const total = counts.reduce((sum, count) => sum + count, 0);
  check(postings.length === total, `it holds ${postings.length} postings, not ${total}`);
  for (let start = 0; start < postings.length; start += POSTINGS_A_STEP) {
    if (start > 0) yield;
    const some = postings.subarray(start, start + POSTINGS_A_STEP);
    check(allBelow(some, slotCount), `a posting is beyond its ${slotCount} slots`);
  }
  check(languages.length > 0 && languages.length === header[LANGUAGES_FIELD], "its languages are cut short");
  const terms = yield* decodeStrings(utf8, lengths);
  check(terms?.length === termCount, "its terms are cut short");
  return { slotCount, documentCount, totalLength, terms, frequencies, counts, lengthClasses, postings, languages };
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
