import { type Steps, stepCounter } from "../../steps.ts";
import type { Arena } from "../kernel/index.ts";
import { viewsOf } from "../kernel/index.ts";
import { packPosting, slotOfPosting } from "./posting.ts";
import { POSTING_BYTES, PostingBlocks } from "./posting-blocks.ts";

/** Lists of at least this many postings get a block with room to grow when they are restored. */
const GROWING_COUNT = 64;
/** Shorter lists are copied faster one by one than by a call that copies bytes. */
const COPIED_BY_CALL = 32;

const FIELDS = 3;
const COUNT = 1;
const CAPACITY = 2;

/** One list of postings for each term id, ascending by slot, in the arena; each grows in place. */
export class PostingLists {
  #arena: Arena;
  #blocks: PostingBlocks;
  /** Of each term, side by side since they are used together: address, count and capacity of its list (see `FIELDS`). */
  #lists = new Uint32Array(64 * FIELDS);

  constructor(arena: Arena) {
    this.#arena = arena;
    this.#blocks = new PostingBlocks(arena);
  }

  get bytes(): number {
    return this.#blocks.bytes + this.#lists.byteLength;
  }

  /** Postings of a term, those of removed documents included. */
  count(term: number): number {
    return this.#lists[term * FIELDS + COUNT] ?? 0;
  }

  pointer(term: number): number {
    return this.#lists[term * FIELDS] ?? 0;
  }

  /** A view that holds until the next `allocate` in the arena. */
  view(term: number): Uint32Array {
    const start = this.pointer(term) / POSTING_BYTES;
    return viewsOf(this.#arena).uint32.subarray(start, start + this.count(term));
  }

  /**
   * Appends a document's posting to the lists of the first `count` of `terms`; `slot` is above every slot in them. Throws
   * a RangeError, and adds nothing, when the arena is full.
   */
  append(slot: number, count: number, terms: readonly number[], frequencies: readonly number[]): void {
    for (let i = 0; i < count; i++) this.#reserve(terms[i] as number);
    const { uint32 } = viewsOf(this.#arena);
    for (let i = 0; i < count; i++) {
      const list = (terms[i] as number) * FIELDS;
      const end = this.#lists[list + COUNT] as number;
      uint32[(this.#lists[list] as number) / POSTING_BYTES + end] = packPosting(slot, frequencies[i] as number);
      this.#lists[list + COUNT] = end + 1;
    }
  }

  /** Position of the first posting from `from` on whose slot is not below `slot`; the count when there is none. */
  lowerBound(term: number, slot: number, from = 0): number {
    const { uint32 } = viewsOf(this.#arena);
    const first = this.pointer(term) / POSTING_BYTES;
    const end = this.count(term);
    let low = from;
    let step = 1;
    while (low + step < end && slotOfPosting(uint32[first + low + step] as number) < slot) {
      low += step;
      step *= 2;
    }
    let high = Math.min(low + step, end);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (slotOfPosting(uint32[first + middle] as number) < slot) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The postings of these terms, one list after the other, as `restore` takes them. */
  *copy(terms: readonly number[]): Steps<Uint32Array> {
    let total = 0;
    for (const term of terms) total += this.count(term);
    const postings = new Uint32Array(total);
    let at = 0;
    const isStep = stepCounter();
    for (const term of terms) {
      const from = this.pointer(term) / POSTING_BYTES;
      const count = this.count(term);
      copyPostings(viewsOf(this.#arena).uint32, from, postings, at, count);
      at += count;
      if (isStep(count * POSTING_BYTES)) yield;
    }
    return postings;
  }

  /** Fills an empty set of lists from postings that lie one list after the other. */
  *restore(counts: Uint32Array, postings: Uint32Array): Steps<void> {
    this.#growTerms(counts.length);
    let small = 0;
    for (const count of counts) if (count < GROWING_COUNT) small += count;
    let frozen = small === 0 ? 0 : this.#blocks.allocateFrozen(small * POSTING_BYTES);
    let at = 0;
    const isStep = stepCounter();
    for (let term = 0; term < counts.length; term++) {
      const count = counts[term] as number;
      const capacity = count < GROWING_COUNT ? count : PostingBlocks.capacityFor(count);
      const pointer = count < GROWING_COUNT ? frozen : this.#blocks.allocate(capacity);
      if (count < GROWING_COUNT) frozen += count * POSTING_BYTES;
      copyPostings(postings, at, viewsOf(this.#arena).uint32, pointer / POSTING_BYTES, count);
      this.#lists[term * FIELDS] = pointer;
      this.#lists[term * FIELDS + COUNT] = count;
      this.#lists[term * FIELDS + CAPACITY] = capacity;
      at += count;
      if (isStep(count * POSTING_BYTES)) yield;
    }
  }

  dispose(): void {
    this.#blocks.dispose();
    this.#lists.fill(0);
  }

  /** Makes room for one posting more. */
  #reserve(term: number): void {
    const list = term * FIELDS;
    if (list >= this.#lists.length) this.#growTerms(term + 1);
    const count = this.#lists[list + COUNT] as number;
    const capacity = this.#lists[list + CAPACITY] as number;
    if (count < capacity) return;
    const next = PostingBlocks.capacityFor(count + 1);
    const from = this.#lists[list] as number;
    const to = this.#blocks.allocate(next);
    if (count > 0) {
      viewsOf(this.#arena).uint8.copyWithin(to, from, from + count * POSTING_BYTES);
      this.#blocks.free(from, capacity);
    }
    this.#lists[list] = to;
    this.#lists[list + CAPACITY] = next;
  }

  #growTerms(terms: number): void {
    const known = this.#lists.length / FIELDS;
    this.#lists = grown(this.#lists, Math.max(terms, Math.ceil(known * 1.25)) * FIELDS);
  }
}

function copyPostings(from: Uint32Array, start: number, to: Uint32Array, at: number, count: number): void {
  if (count >= COPIED_BY_CALL) to.set(from.subarray(start, start + count), at);
  else for (let i = 0; i < count; i++) to[at + i] = from[start + i] as number;
}

export function grown(array: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  if (length <= array.length) return array;
  const copy = new Uint32Array(length);
  copy.set(array);
  return copy;
}
