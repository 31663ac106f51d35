import type { Arena } from "../kernel/index.ts";

const FIRST_SEGMENT_BITS = 6;
const FULL_SEGMENT_BITS = 11;
/** Segments smaller than a full one: 64, 64, 128, 256, … 1,024 slots. */
const SMALL_SEGMENTS = FULL_SEGMENT_BITS - FIRST_SEGMENT_BITS + 1;

/** Which segment holds a slot. */
export function segmentIndex(slot: number): number {
  if (slot >>> FULL_SEGMENT_BITS !== 0) return SMALL_SEGMENTS - 1 + (slot >>> FULL_SEGMENT_BITS);
  return 32 - Math.clz32(slot >>> FIRST_SEGMENT_BITS);
}

/** First slot of a segment: always a multiple of 64. */
export function segmentStart(index: number): number {
  if (index >= SMALL_SEGMENTS) return (index - SMALL_SEGMENTS + 1) << FULL_SEGMENT_BITS;
  return index === 0 ? 0 : 1 << (FIRST_SEGMENT_BITS + index - 1);
}

/**
 * The vectors of consecutive slots, in one block of memory that never moves: per slot `dimensions` int8 (rows), then
 * per slot a float32 scale, then the one-bit codes in blocks of 32 slots (for each byte of the code 32 bytes, one a slot).
 */
export class Segment {
  readonly firstSlot: number;
  readonly slots: number;
  /** Byte offsets into the arena. */
  readonly rows: number;
  readonly scales: number;
  readonly codes: number;
  readonly bytes: number;
  private readonly arena: Arena;

  constructor(arena: Arena, dimensions: number, index: number) {
    this.firstSlot = segmentStart(index);
    this.slots = segmentStart(index + 1) - this.firstSlot;
    const rowBytes = this.slots * dimensions;
    const scaleBytes = this.slots * 4;
    this.bytes = rowBytes + scaleBytes + rowBytes / 8;
    this.rows = arena.allocate(this.bytes);
    this.scales = this.rows + rowBytes;
    this.codes = this.scales + scaleBytes;
    this.arena = arena;
  }

  dispose(): void {
    this.arena.free(this.rows, this.bytes);
  }
}
