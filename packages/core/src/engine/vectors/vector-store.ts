import { InvalidArgumentError } from "../../errors/index.ts";
import { ITEMS_A_STEP, type Steps } from "../../steps.ts";
import type { LateBytes, ScoredSlots } from "../bytes/index.ts";
import { type Bitmap, lowestBit } from "../bytes/index.ts";
import type { Arena } from "../kernel/index.ts";
import { viewsOf } from "../kernel/index.ts";
import { writeLookupTable } from "./lookup-table.ts";
import { quantizeQuery } from "./quantize.ts";
import { type QuantizedVector, QuantizedVectors } from "./quantized-vectors.ts";
import { isExact, shortlistSize } from "./search-plan.ts";
import { MAXIMUM_DIMENSIONS, type SearchScratch, scratchOf, steppedScratchOf } from "./search-scratch.ts";
import { TopSlots } from "./top-slots.ts";

export type { QuantizedVector };

/** Segments that a step of `shortlist` scans: 65,536 slots, which takes about half a millisecond at 384 dimensions. */
const SEGMENTS_A_STEP = 32;

export interface VectorSearchOptions {
  /** How many of the best, from 0. */
  wanted: number;
  /** How many of the one-bit scan to rescore. Default: `shortlistSize`. Raised to `wanted` if it is less. */
  shortlist?: number;
  /** Which slots take part; undefined: all that have a vector. */
  live: Bitmap | undefined;
  /** Slots 0 to `slotCount` - 1 take part. */
  slotCount: number;
  /** Scores exactly these slots, each named once. */
  slots?: Uint32Array | undefined;
}

/**
 * Unit vectors by slot, and the best of them for a query by cosine. A vector takes 9/8 bytes a dimension and 4 more:
 * int8 values, their scale, and one bit a dimension for a first scan. It grows by segments that never move, so there is
 * nothing to build or to rebuild. Slots are numbers from 0, ideally with few gaps; one may have no vector.
 */
export class VectorStore {
  readonly dimensions: number;
  private readonly arena: Arena;
  private readonly vectors: QuantizedVectors;
  private readonly top = new TopSlots();

  /** Throws `argument.invalid` unless `dimensions` is a multiple of 8 from 8 to 4,096. */
  constructor(arena: Arena, dimensions: number) {
    if (!(Number.isInteger(dimensions / 8) && dimensions >= 8 && dimensions <= MAXIMUM_DIMENSIONS)) {
      throw new InvalidArgumentError(
        "dimensions",
        `${dimensions} is not a multiple of 8 from 8 to ${MAXIMUM_DIMENSIONS}`,
      );
    }
    this.arena = arena;
    this.dimensions = dimensions;
    this.vectors = new QuantizedVectors(arena, dimensions);
  }

  /** Bytes of memory held. */
  get bytes(): number {
    return this.vectors.bytes;
  }

  /** Puts a unit-length vector at a slot, in place of what was there. */
  set(slot: number, vector: Float32Array): void {
    this.check("vector", vector);
    this.vectors.set(slot, vector);
  }

  /** The same with what `get` answered: the bytes held are those that `set` made. */
  setQuantized(slot: number, scale: number, values: Int8Array): void {
    this.check("values", values);
    this.vectors.setQuantized(slot, scale, values);
  }

  /** A copy of the vector of a slot; undefined if it has none. */
  get(slot: number): QuantizedVector | undefined {
    return this.vectors.get(slot);
  }

  /** Overwrites the vector of a slot with zeros: the slot has none from then on. */
  clear(slot: number): void {
    this.vectors.clear(slot);
  }

  /**
   * The best `wanted` slots by cosine, in [-1, 1]. The arrays are reused by this store's next search. Few documents
   * are all scored by int8 (`isExact`); of many, those that are the best by their one-bit codes (`shortlistSize`).
   */
  search(query: Float32Array, options: VectorSearchOptions): ScoredSlots {
    this.check("query", query);
    const { wanted, live, slotCount, slots } = options;
    this.top.begin(Math.max(0, wanted));
    if (wanted > 0) {
      const scratch = scratchOf(this.arena);
      scratch.reserve(1, slotCount);
      const views = viewsOf(this.arena);
      const scale = quantizeQuery(query, views.int16, scratch.query >>> 1);
      if (slots !== undefined) this.offerListed(scratch, slots, live, slotCount, scale);
      else if (this.beginShortlist(scratch, query, options)) {
        this.scan(scratch, 0, this.vectors.segments.length, slotCount);
        this.offerPending(scratch, this.endShortlist(scratch), scale);
      } else this.offerLive(scratch, slotCount, scale);
    }
    const best = this.top.end();
    for (let i = 0; i < best.count; i++) best.scores[i] = clamp(best.scores[i] as number);
    return best;
  }

  /**
   * The slots that `search` would rescore, to be given to it as `slots`. Found in steps, between which anything may
   * change: of what is set from the first step on nothing is found. Undefined where so few take part that `search` scores
   * them all. One at a time in an arena.
   */
  *shortlist(query: Float32Array, options: Omit<VectorSearchOptions, "slots">): Steps<Uint32Array | undefined> {
    this.check("query", query);
    const scratch = steppedScratchOf(this.arena);
    scratch.reserve(1, options.slotCount);
    if (!this.beginShortlist(scratch, query, options)) return undefined;
    for (let first = 0; first < this.vectors.segments.length; first += SEGMENTS_A_STEP) {
      if (first > 0) yield;
      this.scan(scratch, first, first + SEGMENTS_A_STEP, options.slotCount);
    }
    const count = this.endShortlist(scratch);
    return viewsOf(this.arena).uint32.slice(scratch.slots >>> 2, (scratch.slots >>> 2) + count);
  }

  /** Cosines, in [-1, 1], of the first `count` of `slots`; NaN where there is no vector. */
  score(query: Float32Array, slots: Uint32Array, count: number): Float32Array<ArrayBuffer> {
    this.check("query", query);
    const scratch = scratchOf(this.arena);
    const { int16, uint32, float32 } = viewsOf(this.arena);
    const scale = quantizeQuery(query, int16, scratch.query >>> 1);
    const cosines = new Float32Array(count).fill(Number.NaN);
    for (let start = 0; start < count; start += scratch.capacity) {
      const end = Math.min(count, start + scratch.capacity);
      let pending = 0;
      for (let i = start; i < end; i++) {
        if (this.vectors.present.has(slots[i] as number))
          uint32[(scratch.slots >>> 2) + pending++] = slots[i] as number;
      }
      this.vectors.score(scratch.query, scratch.slots, pending, scratch.scores);
      let done = scratch.scores >>> 2;
      for (let i = start; i < end; i++) {
        if (this.vectors.present.has(slots[i] as number)) cosines[i] = clamp((float32[done++] as number) * scale);
      }
    }
    return cosines;
  }

  /** A copy in which each slot has its new number; those below 0 are left out. */
  *compacted(newSlotOf: Int32Array): Steps<VectorStore> {
    const store = new VectorStore(this.arena, this.dimensions);
    for (let slot = 0; slot < newSlotOf.length; slot++) {
      if (slot > 0 && slot % ITEMS_A_STEP === 0) yield;
      const next = newSlotOf[slot] as number;
      if (next >= 0) store.vectors.copySlot(this.vectors, slot, next);
    }
    return store;
  }

  /** The vectors of slots 0 to `slotCount` - 1 as bytes, to be written one after the other before any changes. */
  toParts(slotCount: number): LateBytes[] {
    return this.vectors.toParts(slotCount);
  }

  /**
   * The store that `toParts(slotCount)` came from, out of its pieces or of one array. Throws `storage.corrupt` when the
   * length does not fit.
   */
  static *fromBytes(
    arena: Arena,
    dimensions: number,
    slotCount: number,
    bytes: Uint8Array | readonly Uint8Array[],
  ): Steps<VectorStore> {
    const store = new VectorStore(arena, dimensions);
    try {
      yield* store.vectors.load(slotCount, bytes);
    } catch (error) {
      store.dispose();
      throw error;
    }
    return store;
  }

  /** Gives all memory back, zeroed; the store is empty then. */
  dispose(): void {
    this.vectors.dispose();
  }

  private check(what: string, vector: Float32Array | Int8Array): void {
    if (vector.length !== this.dimensions) {
      throw new InvalidArgumentError(what, `it has ${vector.length} dimensions, and this store has ${this.dimensions}`);
    }
  }

  private offerListed(
    scratch: SearchScratch,
    slots: Uint32Array,
    live: Bitmap | undefined,
    slotCount: number,
    scale: number,
  ): void {
    const { uint32 } = viewsOf(this.arena);
    let pending = 0;
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i] as number;
      if (slot >= slotCount || !this.vectors.present.has(slot) || live?.has(slot) === false) continue;
      if (pending === scratch.capacity) {
        this.offerPending(scratch, pending, scale);
        pending = 0;
      }
      uint32[(scratch.slots >>> 2) + pending++] = slot;
    }
    this.offerPending(scratch, pending, scale);
  }

  private offerLive(scratch: SearchScratch, slotCount: number, scale: number): void {
    const { uint32 } = viewsOf(this.arena);
    let pending = 0;
    for (let first = 0; first < slotCount; first += 32) {
      if (pending + 32 > scratch.capacity) {
        this.offerPending(scratch, pending, scale);
        pending = 0;
      }
      for (let word = uint32[(scratch.live + first / 8) >>> 2] as number; word !== 0; word &= word - 1) {
        uint32[(scratch.slots >>> 2) + pending++] = first + lowestBit(word);
      }
    }
    this.offerPending(scratch, pending, scale);
  }

  /** Marks who takes part in the scratch. False when they are to be scored without a shortlist. */
  private beginShortlist(scratch: SearchScratch, query: Float32Array, options: VectorSearchOptions): boolean {
    const { wanted, live, slotCount } = options;
    const { uint32 } = viewsOf(this.arena);
    const count = this.vectors.present.writeTo(uint32, scratch.live >>> 2, slotCount, live);
    const size = Math.max(wanted, options.shortlist ?? shortlistSize(count, wanted));
    if (isExact(count, slotCount) || size >= count) return false;
    scratch.reserve(2 * size, slotCount);
    writeLookupTable(query, viewsOf(this.arena).uint8, scratch.lookup);
    this.arena.kernel.shortlistBegin(scratch.state, size, scratch.capacity);
    return true;
  }

  /** Scans the segments from `first` to before `end`; all are to be scanned once, in order. */
  private scan({ lookup, live, state, buffer }: SearchScratch, first: number, end: number, slotCount: number): void {
    for (const segment of this.vectors.segments.slice(first, end)) {
      if (segment === undefined || segment.firstSlot >= slotCount) continue;
      const { codes, firstSlot } = segment;
      const count = Math.min(segment.slots, slotCount - firstSlot);
      const { codeBytes } = this.vectors;
      this.arena.kernel.shortlistScan(codes, count, codeBytes, lookup, live + firstSlot / 8, state, buffer, firstSlot);
    }
  }

  /** Leaves the shortlist in the slots of the scratch; answers how many. */
  private endShortlist({ state, buffer, slots }: SearchScratch): number {
    return this.arena.kernel.shortlistEnd(state, buffer, slots);
  }

  /** Scores the first `count` slots of the scratch and lets the best of them in. */
  private offerPending(scratch: SearchScratch, count: number, scale: number): void {
    this.vectors.score(scratch.query, scratch.slots, count, scratch.scores);
    const { uint32, float32 } = viewsOf(this.arena);
    const slots = scratch.slots >>> 2;
    const scores = scratch.scores >>> 2;
    for (let i = 0; i < count; i++)
      this.top.offer(uint32[slots + i] as number, (float32[scores + i] as number) * scale);
  }
}

/** Rounding can put a cosine a little outside. */
function clamp(cosine: number): number {
  return Math.min(1, Math.max(-1, cosine));
}
