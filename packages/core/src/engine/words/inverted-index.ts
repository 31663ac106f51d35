import { InvalidArgumentError } from "../../errors/index.ts";
import { ITEMS_A_STEP, type Steps } from "../../steps.ts";
import type { Language, QueryTerm } from "../analysis/index.ts";
import { ANALYSIS_VERSION, clearAnalysisCache } from "../analysis/index.ts";
import type { Arena } from "../kernel/index.ts";
import { type Bm25Parameters, Bm25Scorer, type OpenScores } from "./bm25-scorer.ts";
import { compactLists } from "./compact-lists.ts";
import { DocumentTermCounter } from "./document-terms.ts";
import { LanguageCounts } from "./language-counts.ts";
import { classOfLength } from "./length-class.ts";
import { LengthClasses } from "./length-classes.ts";
import { MOST_SLOTS, slotOfPosting } from "./posting.ts";
import { PostingLists } from "./posting-lists.ts";
import { analysisOf, decodeIndex, encodeIndex } from "./serialization.ts";
import { type Bm25Statistics, groupFrequency, PRIOR_DOCUMENTS } from "./statistics.ts";
import { TermTable } from "./term-table.ts";
import { Vocabulary } from "./vocabulary.ts";
import { type WeighedWords, wordWeight } from "./word-weight.ts";

export const DEFAULT_K1 = 0.9;
export const DEFAULT_B = 0.4;

export interface InvertedIndexOptions {
  /** How soon more of the same term stops counting, from 0. Default 0.9. */
  k1?: number;
  /** How much a document's length counts, in [0, 1]. Default 0.4. */
  b?: number;
}

/** The most that a query can score by BM25, and the part of it that no document can give. */
export interface Attainable {
  readonly all: number;
  readonly unknown: number;
  /** How little it says that no document holds a word, in (0, 1]: 1 where there are no documents, near 0 among thousands. */
  readonly unsure: number;
}

/**
 * The words of one index, and search by BM25:
 *
 *     score = sum over query terms of  count in query x idf x tf (k1 + 1) / (tf + k1 (1 - b + b length / average length))
 *     idf   = ln(1 + (N - df + 0.5) / (df + 0.5))
 *
 * (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009; idf as in Lucene.) tf counts
 * up to 63; a document's length is its terms without stop words, rounded to one of 256 classes (`length-class.ts`); N, df
 * and the average length are exact at any time. A word of the title counts three times. Stop words are indexed but count nothing in lengths.
 *
 * Slots are numbers that the owner gives to documents, ascending, never again for another one, below 2^26.
 */
export class InvertedIndex implements WeighedWords {
  #arena: Arena;
  #terms = new TermTable();
  #counter = new DocumentTermCounter(this.#terms);
  #vocabulary = new Vocabulary(this.#terms);
  #lists: PostingLists;
  #lengths: LengthClasses;
  #scorer: Bm25Scorer;
  #slotCount = 0;
  #documentCount = 0;
  #totalLength = 0;
  #languages = new LanguageCounts();

  constructor(arena: Arena, options: InvertedIndexOptions = {}) {
    this.#arena = arena;
    this.#lists = new PostingLists(arena);
    this.#lengths = new LengthClasses(arena);
    this.#scorer = new Bm25Scorer(arena, validParameters(options));
  }

  get documentCount(): number {
    return this.#documentCount;
  }

  get totalLength(): number {
    return this.#totalLength;
  }

  /** One more than the highest slot. */
  get slotCount(): number {
    return this.#slotCount;
  }

  /** Bytes outside the JavaScript heap. */
  get bytes(): number {
    return this.#lists.bytes + this.#lengths.bytes + this.#scorer.bytes + this.#terms.bytes;
  }

  /** The languages of its documents, the most common first. */
  get languages(): readonly Language[] {
    return this.#languages.common;
  }

  documentFrequency(term: string): number {
    const id = this.#terms.id(term);
    return id === undefined ? 0 : this.#terms.frequency(id);
  }

  /** Adds a document under a slot above all that were used. Throws a RangeError when the arena or 2^26 slots are full. */
  add(slot: number, text: string, title?: string): void {
    if (slot < this.#slotCount) throw new RangeError(`Slot ${slot} is not above the last one, ${this.#slotCount - 1}.`);
    if (slot >= MOST_SLOTS) throw new RangeError(`Slot ${slot} is over the ${MOST_SLOTS} that one index can hold.`);
    const { count, ids, frequencies, length, language } = this.#counter.count(text, title, "add");
    this.#lengths.reserve(slot + 1);
    this.#lists.append(slot, count, ids, frequencies);
    for (let i = 0; i < count; i++) {
      const id = ids[i] as number;
      this.#terms.setFrequency(id, this.#terms.frequency(id) + 1);
    }
    this.#lengths.set(slot, classOfLength(length));
    this.#slotCount = slot + 1;
    this.#documentCount++;
    this.#totalLength += length;
    this.#languages.add(language, 1);
  }

  /**
   * Takes a document out of the statistics at once; `text` and `title` are those that it was added with. Its postings stay until
   * `compact` and must be masked by `live`.
   */
  remove(slot: number, text: string, title?: string): void {
    if (slot >= this.#slotCount)
      throw new RangeError(`Slot ${slot} was never added; the last one is ${this.#slotCount - 1}.`);
    const { count, ids, length, language } = this.#counter.count(text, title, "known");
    for (let i = 0; i < count; i++) {
      const id = ids[i] as number;
      this.#terms.setFrequency(id, Math.max(0, this.#terms.frequency(id) - 1));
    }
    this.#documentCount--;
    this.#totalLength -= length;
    this.#languages.add(language, -1);
  }

  /**
   * BM25 of every document for one query, to be read until it is closed; `statistics`: to score by, instead of this
   * index's own (see `poolStatistics`). Removed documents must not be asked for.
   */
  open(terms: readonly QueryTerm[], statistics: Bm25Statistics = this): OpenScores {
    return this.#scorer.open(this.#source(), terms, statistics);
  }

  /** BM25 of the first `count` of `slots`, equal to what `open` gives them; 0 where none of the terms is. */
  score(
    terms: readonly QueryTerm[],
    slots: Uint32Array,
    count: number,
    statistics: Bm25Statistics = this,
  ): Float32Array {
    return this.#scorer.score(this.#source(), terms, slots, count, statistics);
  }

  /**
   * What no document can exceed: the sum over the query's terms of count x idf x (k1 + 1), each term's limit as tf grows.
   * 0 for a query without terms. `unknown` is the part of it that falls to terms that no document holds.
   */
  attainable(terms: readonly QueryTerm[], statistics: Bm25Statistics = this): Attainable {
    let all = 0;
    let unknown = 0;
    for (const term of terms) {
      const weight = this.#scorer.termWeight(term, statistics);
      all += weight;
      if (groupFrequency(term, statistics) === 0) unknown += weight;
    }
    return { all, unknown, unsure: PRIOR_DOCUMENTS / (PRIOR_DOCUMENTS + statistics.documentCount) };
  }

  wordWeight(word: string, statistics: Bm25Statistics = this): number {
    return wordWeight(word, this.languages[0], statistics);
  }

  /** The terms of a question, each that no searched document holds with those of this index that are most like it. */
  withSimilar(terms: readonly QueryTerm[], statistics: Bm25Statistics = this): readonly QueryTerm[] {
    if (!terms.some((term) => groupFrequency(term, statistics) === 0)) return terms;
    return terms.map((term) => {
      if (groupFrequency(term, statistics) > 0) return term;
      const similar = this.#vocabulary.similar(term.term);
      return similar.length === 0 ? term : { ...term, similar };
    });
  }

  /** Those of the terms that the document holds. */
  explain(terms: readonly QueryTerm[], slot: number): string[] {
    return terms.flatMap(
      ({ term, variants = [], similar = [] }) =>
        [term, ...variants, ...similar.map((each) => each.term)].find((each) => this.#holds(each, slot)) ?? [],
    );
  }

  /**
   * Gives each slot its new number, -1 where the document is removed; the order stays. Postings of removed documents
   * go, and so does every term that is in no other document, from here and from the memory of analysed words. Nothing may
   * change until the answer, called, puts the result in place.
   */
  *compact(newSlotOf: Int32Array): Steps<() => void> {
    const { terms, lists, lengths, slotCount } = yield* compactLists(this.#arena, this.#source(), newSlotOf);
    return () => {
      this.#lists.dispose();
      this.#lengths.dispose();
      this.#terms = terms;
      this.#counter = new DocumentTermCounter(terms);
      this.#vocabulary = new Vocabulary(terms);
      this.#lists = lists;
      this.#lengths = lengths;
      this.#slotCount = slotCount;
      clearAnalysisCache();
    };
  }

  /** For a snapshot. Terms that no live document holds are left out. */
  toBytes(): Steps<Uint8Array[]> {
    return encodeIndex(this.#source(), this.#documentCount, this.#totalLength, this.#languages.toArray());
  }

  /** Whether `toBytes` gave these bytes by the analysis of today; else the index is to be built anew from its texts. */
  static isCurrent(bytes: readonly Uint8Array[]): boolean {
    return analysisOf(bytes) === ANALYSIS_VERSION;
  }

  /** Throws `storage.corrupt` when the bytes are not what `toBytes` gave. */
  static *fromBytes(
    arena: Arena,
    bytes: readonly Uint8Array[],
    options: InvertedIndexOptions = {},
  ): Steps<InvertedIndex> {
    const index = new InvertedIndex(arena, options);
    const { slotCount, documentCount, totalLength, ...parts } = yield* decodeIndex(bytes);
    index.#languages = new LanguageCounts(parts.languages);
    index.#lengths.reserve(slotCount);
    index.#lengths.view(slotCount).set(parts.lengthClasses);
    yield* index.#lists.restore(parts.counts, parts.postings);
    for (let id = 0; id < parts.terms.length; id++) {
      if (id > 0 && id % ITEMS_A_STEP === 0) yield;
      index.#terms.idOrNew(parts.terms[id] as string);
      index.#terms.setFrequency(id, parts.frequencies[id] as number);
    }
    index.#slotCount = slotCount;
    index.#documentCount = documentCount;
    index.#totalLength = totalLength;
    return index;
  }

  /** Gives its memory back to the arena. The index must not be used afterwards. */
  dispose(): void {
    this.#lists.dispose();
    this.#lengths.dispose();
    this.#scorer.dispose();
  }

  #source() {
    return { terms: this.#terms, lists: this.#lists, lengths: this.#lengths, slotCount: this.#slotCount };
  }

  #holds(term: string, slot: number): boolean {
    const id = this.#terms.id(term);
    if (id === undefined) return false;
    const posting = this.#lists.view(id)[this.#lists.lowerBound(id, slot)];
    return posting !== undefined && slotOfPosting(posting) === slot;
  }
}

function validParameters({ k1 = DEFAULT_K1, b = DEFAULT_B }: InvertedIndexOptions): Bm25Parameters {
  if (!(k1 >= 0 && k1 < Number.POSITIVE_INFINITY)) throw new InvalidArgumentError("k1", `${k1} is not a number from 0`);
  if (!(b >= 0 && b <= 1)) throw new InvalidArgumentError("b", `${b} is not in [0, 1]`);
  return { k1, b };
}
