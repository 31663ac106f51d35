import type { Arena } from "../kernel/index.ts";
import { viewsOf } from "../kernel/index.ts";

export const POSTING_BYTES = 4;

const SMALLEST_SLAB_BYTES = 16_384;
const LARGEST_SLAB_BYTES = 262_144;
/** A new slab is at most this share of what is held, so that a small index stays small. */
const SLAB_SHARE = 1 / 16;
/** A block larger than this share of a slab is the arena's own, so that little of a slab's end is wasted. */
const BLOCK_SHARE = 1 / 8;
const SMALLEST_CAPACITY = 2;
const LARGEST_STEPPED_CAPACITY = 8_192;
/** The arena rounds large blocks to 64 bytes. */
const ARENA_POSTINGS = 16;

/** Room for posting lists in an arena: blocks cut from slabs, and large ones from the arena itself. */
export class PostingBlocks {
  #arena: Arena;
  /** Blocks and slabs that the arena gave, by address, with their bytes. */
  #blocks = new Map<number, number>();
  #slabs = new Map<number, number>();
  #slab = { at: 0, end: 0, bytes: SMALLEST_SLAB_BYTES };
  #free = new Map<number, number[]>();
  #frozen = { pointer: 0, bytes: 0 };
  #bytes = 0;

  constructor(arena: Arena) {
    this.#arena = arena;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Capacities grow by 2, 3, 4, 6, 8, 12 and so on up to 8,192 postings, and by an eighth from there. */
  static capacityFor(count: number): number {
    if (count > LARGEST_STEPPED_CAPACITY) return Math.ceil((count * 1.125) / ARENA_POSTINGS) * ARENA_POSTINGS;
    const power = Math.max(SMALLEST_CAPACITY, 1 << (32 - Math.clz32(count - 1)));
    return power >= 4 && count <= power * 0.75 ? power * 0.75 : power;
  }

  /** `capacity` as `capacityFor` gives it. Throws a RangeError when the arena is full. */
  allocate(capacity: number): number {
    const bytes = capacity * POSTING_BYTES;
    const reused = this.#free.get(capacity)?.pop();
    if (reused !== undefined) return reused;
    if (bytes > this.#slab.bytes * BLOCK_SHARE) return this.#take(bytes, this.#blocks);
    if (this.#slab.at + bytes > this.#slab.end) {
      const slabBytes = slabBytesFor(this.#bytes);
      const at = this.#take(slabBytes, this.#slabs);
      this.#slab = { at, end: at + slabBytes, bytes: slabBytes };
    }
    const pointer = this.#slab.at;
    this.#slab.at += bytes;
    return pointer;
  }

  /** Room for many small lists packed without gaps, at most once. They are freed together by `dispose`. */
  allocateFrozen(bytes: number): number {
    this.#frozen = { pointer: this.#take(bytes, this.#slabs), bytes };
    return this.#frozen.pointer;
  }

  free(pointer: number, capacity: number): void {
    const bytes = this.#blocks.get(pointer);
    if (bytes !== undefined) {
      this.#blocks.delete(pointer);
      this.#arena.free(pointer, bytes);
      this.#bytes -= bytes;
      return;
    }
    viewsOf(this.#arena).uint8.fill(0, pointer, pointer + capacity * POSTING_BYTES);
    if (pointer >= this.#frozen.pointer && pointer < this.#frozen.pointer + this.#frozen.bytes) return;
    const free = this.#free.get(capacity);
    if (free === undefined) this.#free.set(capacity, [pointer]);
    else free.push(pointer);
  }

  dispose(): void {
    for (const [pointer, bytes] of [...this.#blocks, ...this.#slabs]) this.#arena.free(pointer, bytes);
    this.#blocks.clear();
    this.#slabs.clear();
    this.#free.clear();
    this.#frozen = { pointer: 0, bytes: 0 };
    this.#slab = { at: 0, end: 0, bytes: SMALLEST_SLAB_BYTES };
    this.#bytes = 0;
  }

  #take(bytes: number, into: Map<number, number>): number {
    const pointer = this.#arena.allocate(bytes);
    into.set(pointer, bytes);
    this.#bytes += bytes;
    return pointer;
  }
}

/** A power of two. */
function slabBytesFor(held: number): number {
  const share = Math.max(SMALLEST_SLAB_BYTES, held * SLAB_SHARE);
  return Math.min(LARGEST_SLAB_BYTES, 2 ** Math.floor(Math.log2(share)));
}
