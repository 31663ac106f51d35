import { InvalidArgumentError } from "../../errors/index.ts";
import type { Steps } from "../../steps.ts";
import type { LateBytes } from "../bytes/index.ts";
import { Bitmap } from "../bytes/index.ts";
import type { Arena } from "../kernel/index.ts";
import { viewsOf } from "../kernel/index.ts";
import { codeOffset, packCode } from "./codes.ts";
import { quantizeRow } from "./quantize.ts";
import { Segment, segmentIndex } from "./segment.ts";
import { deserializeSegments, serializeSegments } from "./serialization.ts";

/** Slots are 0 to this - 1: as many as a posting can name. */
const MAXIMUM_SLOTS = 2 ** 26;

/** A vector as it is held: component = value x scale. */
export interface QuantizedVector {
  scale: number;
  values: Int8Array;
  /** Beside it, the token states of the text, for late interaction. */
  tokens?: TokenCodes;
}

/** Token states of a document, one bit a dimension, as `TokenStates.embedDocuments` gives them. */
export interface TokenCodes {
  /** Values a token. */
  dimensions: number;
  /** `dimensions / 8` bytes a token, at least one token. */
  codes: Uint8Array;
}

/** Vectors by slot, as int8 with a scale, and their one-bit codes. Segments are allocated as slots in them are set. */
export class QuantizedVectors {
  readonly arena: Arena;
  readonly dimensions: number;
  readonly codeBytes: number;
  /** Ascending; undefined where no slot was ever set. */
  segments: (Segment | undefined)[] = [];
  /** The slots that have a vector. */
  present = new Bitmap();

  constructor(arena: Arena, dimensions: number) {
    this.arena = arena;
    this.dimensions = dimensions;
    this.codeBytes = dimensions / 8;
  }

  get bytes(): number {
    return this.segments.reduce((sum, segment) => sum + (segment?.bytes ?? 0), this.present.words.byteLength);
  }

  set(slot: number, vector: Float32Array): void {
    const segment = this.segmentFor(slot);
    const scale = quantizeRow(vector, viewsOf(this.arena).int8, this.rowOf(segment, slot));
    this.finish(segment, slot, scale);
  }

  setQuantized(slot: number, scale: number, values: Int8Array): void {
    if (!Number.isFinite(scale)) throw new InvalidArgumentError("scale", `${scale} is not a finite number`);
    const segment = this.segmentFor(slot);
    viewsOf(this.arena).int8.set(values, this.rowOf(segment, slot));
    this.finish(segment, slot, scale);
  }

  /** Puts the vector that `from`, a store in the same arena, has at `slot`, if any, at `to`. */
  copySlot(from: QuantizedVectors, slot: number, to: number): void {
    const source = from.segments[segmentIndex(slot)];
    if (source === undefined || !from.present.has(slot)) return;
    const target = this.segmentFor(to);
    const { int8, float32 } = viewsOf(this.arena);
    const row = from.rowOf(source, slot);
    int8.copyWithin(this.rowOf(target, to), row, row + this.dimensions);
    this.finish(target, to, float32[scaleIndex(source, slot)] as number);
  }

  get(slot: number): QuantizedVector | undefined {
    const segment = this.segments[segmentIndex(slot)];
    if (segment === undefined || !this.present.has(slot)) return undefined;
    const { int8, float32 } = viewsOf(this.arena);
    const row = this.rowOf(segment, slot);
    return { scale: float32[scaleIndex(segment, slot)] as number, values: int8.slice(row, row + this.dimensions) };
  }

  clear(slot: number): void {
    const segment = this.segments[segmentIndex(slot)];
    if (segment === undefined || !this.present.has(slot)) return;
    this.present.clear(slot);
    const { int8, uint8, float32 } = viewsOf(this.arena);
    const row = this.rowOf(segment, slot);
    int8.fill(0, row, row + this.dimensions);
    float32[scaleIndex(segment, slot)] = 0;
    const code = this.codeOf(segment, slot);
    for (let j = 0; j < this.codeBytes; j++) uint8[code + 32 * j] = 0;
  }

  /**
   * Scores `count` slots that have a vector: `slots`, `query` (int16) and `scores` (float32) are byte offsets. One call
   * of the kernel for each run in one segment.
   */
  score(query: number, slots: number, count: number, scores: number): void {
    const { uint32 } = viewsOf(this.arena);
    const first = slots >>> 2;
    for (let start = 0; start < count; ) {
      const segment = this.segments[segmentIndex(uint32[first + start] as number)] as Segment;
      const { firstSlot } = segment;
      const end = firstSlot + segment.slots;
      let next = start + 1;
      while (next < count) {
        const slot = uint32[first + next] as number;
        if (slot < firstSlot || slot >= end) break;
        next++;
      }
      this.arena.kernel.scoreInt8(
        segment.rows,
        segment.scales,
        this.dimensions,
        query,
        slots + 4 * start,
        firstSlot,
        next - start,
        scores + 4 * start,
      );
      start = next;
    }
  }

  toParts(slotCount: number): LateBytes[] {
    return serializeSegments(this.arena, this.dimensions, this.segments, this.present, slotCount);
  }

  /** Fills an empty store. */
  *load(slotCount: number, bytes: Uint8Array | readonly Uint8Array[]): Steps<void> {
    this.present = yield* deserializeSegments(this.arena, this.dimensions, slotCount, bytes, this.segments);
  }

  dispose(): void {
    for (const segment of this.segments) segment?.dispose();
    this.segments = [];
    this.present = new Bitmap();
  }

  private segmentFor(slot: number): Segment {
    if (!(Number.isInteger(slot) && slot >= 0 && slot < MAXIMUM_SLOTS)) {
      throw new InvalidArgumentError("slot", `${slot} is not a whole number from 0 to ${MAXIMUM_SLOTS - 1}`);
    }
    const index = segmentIndex(slot);
    const segment = this.segments[index] ?? new Segment(this.arena, this.dimensions, index);
    this.segments[index] = segment;
    return segment;
  }

  private finish(segment: Segment, slot: number, scale: number): void {
    const { int8, uint8, float32 } = viewsOf(this.arena);
    packCode(int8, this.rowOf(segment, slot), uint8, this.codeOf(segment, slot), this.codeBytes);
    float32[scaleIndex(segment, slot)] = scale;
    this.present.set(slot);
  }

  private rowOf(segment: Segment, slot: number): number {
    return segment.rows + (slot - segment.firstSlot) * this.dimensions;
  }

  private codeOf(segment: Segment, slot: number): number {
    return segment.codes + codeOffset(slot - segment.firstSlot, this.codeBytes);
  }
}

function scaleIndex(segment: Segment, slot: number): number {
  return (segment.scales >>> 2) + slot - segment.firstSlot;
}
