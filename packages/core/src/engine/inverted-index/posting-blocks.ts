import type { Arena } from "../kernel/kernel.ts";
import { viewsOf } from "../kernel/memory-views.ts";

export const POSTING_BYTES = 4;

const SLAB_BYTES = 16_384;
const SMALLEST_CAPACITY = 2;
/** From here on a block is the arena's own; below, where most terms are, its smallest block would be too large. */
const ARENA_CAPACITY = 16;
const LARGEST_DOUBLING_CAPACITY = 8_192;

/** Room for posting lists in an arena: small blocks cut from slabs, larger ones from the arena itself. */
export class PostingBlocks {
  #arena: Arena;
  #slabs: number[] = [];
  #slabRest = 0;
  #free = new Map<number, number[]>();
  #frozen = { pointer: 0, bytes: 0 };
  #large = new Map<number, number>();
  #bytes = 0;

  constructor(arena: Arena) {
    this.#arena = arena;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Capacities double up to 8,192 postings and grow by a quarter from there. */
  static capacityFor(count: number): number {
    if (count > LARGEST_DOUBLING_CAPACITY) return Math.ceil((count * 1.25) / ARENA_CAPACITY) * ARENA_CAPACITY;
    return Math.max(SMALLEST_CAPACITY, 2 ** Math.ceil(Math.log2(count)));
  }

  /** `capacity` as `capacityFor` gives it. Throws a RangeError when the arena is full. */
  allocate(capacity: number): number {
    if (capacity >= ARENA_CAPACITY) return this.#take(capacity * POSTING_BYTES);
    const reused = this.#free.get(capacity)?.pop();
    if (reused !== undefined) return reused;
    const bytes = capacity * POSTING_BYTES;
    if (this.#slabRest < bytes) {
      this.#slabs.push(this.#take(SLAB_BYTES));
      this.#slabRest = SLAB_BYTES;
    }
    const pointer = (this.#slabs.at(-1) as number) + SLAB_BYTES - this.#slabRest;
    this.#slabRest -= bytes;
    return pointer;
  }

  /** Room for many small lists packed without gaps, at most once. They are freed together by `dispose`. */
  allocateFrozen(bytes: number): number {
    this.#frozen = { pointer: this.#take(bytes), bytes };
    return this.#frozen.pointer;
  }

  free(pointer: number, capacity: number): void {
    const frozen = pointer >= this.#frozen.pointer && pointer < this.#frozen.pointer + this.#frozen.bytes;
    if (!frozen && capacity >= ARENA_CAPACITY) {
      const bytes = capacity * POSTING_BYTES;
      this.#large.delete(pointer);
      this.#arena.free(pointer, bytes);
      this.#bytes -= bytes;
      return;
    }
    viewsOf(this.#arena).uint8.fill(0, pointer, pointer + capacity * POSTING_BYTES);
    if (frozen) return;
    const free = this.#free.get(capacity);
    if (free === undefined) this.#free.set(capacity, [pointer]);
    else free.push(pointer);
  }

  dispose(): void {
    for (const [pointer, bytes] of this.#large) this.#arena.free(pointer, bytes);
    this.#large.clear();
    this.#free.clear();
    this.#frozen = { pointer: 0, bytes: 0 };
    this.#slabs = [];
    this.#slabRest = 0;
    this.#bytes = 0;
  }

  #take(bytes: number): number {
    const pointer = this.#arena.allocate(bytes);
    this.#large.set(pointer, bytes);
    this.#bytes += bytes;
    return pointer;
  }
}
