import type { QueryTerm } from "../analysis/index.ts";
import type { Bitmap, ScoredSlots } from "../bytes/index.ts";
import type { Arena } from "../kernel/index.ts";
import { viewsOf } from "../kernel/index.ts";
import { CLASS_COUNT, lengthOfClass } from "./length-class.ts";
import type { LengthClasses } from "./length-classes.ts";
import { frequencyOfPosting, packPosting, slotOfPosting } from "./posting.ts";
import { POSTING_BYTES } from "./posting-blocks.ts";
import type { PostingLists } from "./posting-lists.ts";
import { Scratch } from "./scratch.ts";
import { type Bm25Statistics, groupFrequency, inverseDocumentFrequency } from "./statistics.ts";
import type { TermTable } from "./term-table.ts";

const FLOAT_BYTES = 4;

export interface Bm25Parameters {
  k1: number;
  b: number;
}

/** The parts of an index that scoring reads. */
export interface Bm25Source {
  readonly terms: TermTable;
  readonly lists: PostingLists;
  readonly lengths: LengthClasses;
  readonly slotCount: number;
}

/** The scores of all slots for one query, from `Bm25Scorer.open` to `close`. */
export interface OpenScores {
  /** The best `wanted` of the live slots, best first, ties by slot; only scores above 0. Valid until the next call. */
  best(wanted: number, live: Bitmap | undefined): ScoredSlots;
  /** Writes the scores of `slots` from place `from` to before `to` into the same places; 0 where a slot holds no term. */
  read(slots: Uint32Array, from: number, to: number, into: Float32Array): void;
  /** To be called before the scorer's next query, and before the index changes. */
  close(): void;
}

/**
 * BM25, term at a time: each query term adds to one float32 sum a document, in the arena, by the kernel. Both ways of
 * scoring run the same kernel loop, so they give the same float32.
 */
export class Bm25Scorer {
  #arena: Arena;
  #parameters: Bm25Parameters;
  #sums: Scratch;
  #norms: Scratch;
  #mask: Scratch;
  #answers: Scratch;
  #picked: Scratch;

  constructor(arena: Arena, parameters: Bm25Parameters) {
    this.#arena = arena;
    this.#parameters = parameters;
    this.#sums = new Scratch(arena);
    this.#norms = new Scratch(arena);
    this.#mask = new Scratch(arena);
    this.#answers = new Scratch(arena);
    this.#picked = new Scratch(arena);
  }

  get bytes(): number {
    return this.#sums.bytes + this.#norms.bytes + this.#mask.bytes + this.#answers.bytes + this.#picked.bytes;
  }

  /** Weight of a query term in the sum: count in the query x idf x (k1 + 1), the most that it can add. */
  termWeight(term: QueryTerm, statistics: Bm25Statistics): number {
    const idf = inverseDocumentFrequency(statistics.documentCount, groupFrequency(term, statistics));
    return term.weight * idf * (this.#parameters.k1 + 1);
  }

  /** Scores every slot. */
  open(source: Bm25Source, terms: readonly QueryTerm[], statistics: Bm25Statistics): OpenScores {
    const { slotCount } = source;
    const sums = this.#sums.ensure(slotCount * FLOAT_BYTES);
    const norms = this.#norms.ensure(CLASS_COUNT * FLOAT_BYTES);
    this.#writeNorms(norms, statistics);
    const { kernel } = this.#arena;
    for (const queryTerm of terms) {
      const forms = formsOf(source, queryTerm);
      if (forms.length === 0) continue;
      const weight = this.termWeight(queryTerm, statistics);
      const { pointer } = source.lengths;
      for (const { id, share } of forms)
        kernel.addPostings(source.lists.pointer(id), source.lists.count(id), sums, pointer, norms, weight * share);
    }
    return {
      best: (wanted, live) => this.#best(sums, slotCount, Math.min(wanted, slotCount), live),
      read: (slots, from, to, into) => {
        const { float32 } = viewsOf(this.#arena);
        const first = sums / FLOAT_BYTES;
        for (let i = from; i < to; i++) into[i] = float32[first + (slots[i] as number)] as number;
      },
      close: () => viewsOf(this.#arena).float32.fill(0, sums / FLOAT_BYTES, sums / FLOAT_BYTES + slotCount),
    };
  }

  /** The scores of the first `count` of `slots`, 0 where a slot holds no term. Ascending slots are found faster. */
  score(
    source: Bm25Source,
    terms: readonly QueryTerm[],
    slots: Uint32Array,
    count: number,
    statistics: Bm25Statistics,
  ): Float32Array {
    const postings = this.#picked.ensure(count * (FLOAT_BYTES + POSTING_BYTES + 1));
    const sums = postings + count * POSTING_BYTES;
    const lengths = sums + count * FLOAT_BYTES;
    const norms = this.#norms.ensure(CLASS_COUNT * FLOAT_BYTES);
    this.#writeNorms(norms, statistics);
    const { float32, uint8 } = viewsOf(this.#arena);
    float32.fill(0, sums / 4, sums / 4 + count);
    for (let i = 0; i < count; i++) uint8[lengths + i] = source.lengths.get(slots[i] as number);
    for (const queryTerm of terms) {
      const weight = this.termWeight(queryTerm, statistics);
      for (const { id, share } of formsOf(source, queryTerm)) {
        const found = this.#pick(source.lists, id, slots, count, postings / 4);
        this.#arena.kernel.addPostings(postings, found, sums, lengths, norms, weight * share);
      }
    }
    return float32.slice(sums / 4, sums / 4 + count);
  }

  dispose(): void {
    for (const scratch of [this.#sums, this.#norms, this.#mask, this.#answers, this.#picked]) scratch.dispose();
  }

  #best(sums: number, slotCount: number, wanted: number, live: Bitmap | undefined): ScoredSlots {
    const mask = live === undefined ? 0 : this.#mask.ensure(maskBytes(slotCount));
    const scores = this.#answers.ensure(wanted * 2 * FLOAT_BYTES);
    const positions = scores + wanted * FLOAT_BYTES;
    const { float32, uint32 } = viewsOf(this.#arena);
    live?.writeTo(uint32, mask / 4, slotCount);
    const count = this.#arena.kernel.topScores(sums, slotCount, mask, wanted, scores, positions);
    return {
      count,
      slots: uint32.subarray(positions / 4, positions / 4 + count),
      scores: float32.subarray(scores / 4, scores / 4 + count),
    };
  }

  /** Writes the term's postings of the given slots, renumbered by their place in `slots`. */
  #pick(lists: PostingLists, id: number, slots: Uint32Array, count: number, to: number): number {
    const { uint32 } = viewsOf(this.#arena);
    const first = lists.pointer(id) / POSTING_BYTES;
    const end = lists.count(id);
    let found = 0;
    let from = 0;
    let last = 0;
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number;
      if (slot < last) from = 0;
      last = slot;
      from = lists.lowerBound(id, slot, from);
      if (from >= end) continue;
      const posting = uint32[first + from] as number;
      if (slotOfPosting(posting) === slot) uint32[to + found++] = packPosting(i, frequencyOfPosting(posting));
    }
    return found;
  }

  /** k1 x (1 - b + b x length / average) for each length class. */
  #writeNorms(norms: number, { documentCount, totalLength }: Bm25Statistics): void {
    const { k1, b } = this.#parameters;
    const average = totalLength > 0 && documentCount > 0 ? totalLength / documentCount : 1;
    const { float32 } = viewsOf(this.#arena);
    for (let c = 0; c < CLASS_COUNT; c++) {
      float32[norms / 4 + c] = k1 * (1 - b + (b * (lengthOfClass[c] as number)) / average);
    }
  }
}

/** The forms of a term that some document holds, or held, and the share that each counts. */
function formsOf(
  { terms, lists }: Bm25Source,
  { term, variants, similar }: QueryTerm,
): { id: number; share: number }[] {
  const forms: { id: number; share: number }[] = [];
  const add = (form: string, share: number) => {
    const id = terms.id(form);
    if (id !== undefined && lists.count(id) > 0) forms.push({ id, share });
  };
  add(term, 1);
  variants?.forEach((variant) => {
    add(variant, 1);
  });
  similar?.forEach((each) => {
    add(each.term, each.weight);
  });
  return forms;
}

function maskBytes(slotCount: number): number {
  return ((slotCount + 31) >>> 5) * 4;
}
