import { StorageCorruptError } from "../../errors/index.ts";
import { type Steps, stepCounter } from "../../steps.ts";
import type { LateBytes } from "../bytes/index.ts";
import { Bitmap } from "../bytes/index.ts";
import type { Arena } from "../kernel/index.ts";
import { viewsOf } from "../kernel/index.ts";
import { ByteReader } from "./byte-reader.ts";
import { Segment, segmentIndex, segmentStart } from "./segment.ts";

const WHERE = "The vectors of a snapshot";

/**
 * First the bitmap of the slots that have a vector (uint32, little-endian), then of every segment that holds one: rows,
 * scales, codes, each up to its last slot below `slotCount` (codes: up to the end of that slot's block).
 */
export function serializeSegments(
  arena: Arena,
  dimensions: number,
  segments: readonly (Segment | undefined)[],
  present: Bitmap,
  slotCount: number,
): LateBytes[] {
  const words = new Uint32Array((slotCount + 31) >>> 5);
  present.writeTo(words, 0, slotCount);
  const bitmap = new Uint8Array(words.buffer);
  const pieces: LateBytes[] = [{ length: bitmap.length, view: () => bitmap }];
  for (const segment of segments) {
    if (segment === undefined || !hasVector(words, segment.firstSlot, segment.firstSlot + segment.slots)) continue;
    for (const [start, length] of parts(segment, dimensions, slotCount))
      pieces.push({ length, view: () => viewsOf(arena).uint8.subarray(start, start + length) });
  }
  return pieces;
}

/** The reverse: puts the segments into `segments` and answers the bitmap. Throws `storage.corrupt`. */
export function* deserializeSegments(
  arena: Arena,
  dimensions: number,
  slotCount: number,
  bytes: Uint8Array | readonly Uint8Array[],
  segments: (Segment | undefined)[],
): Steps<Bitmap> {
  const reader = new ByteReader(bytes);
  const present = new Bitmap(slotCount);
  const { words } = present;
  read(reader, new Uint8Array(words.buffer));
  if ((slotCount & 31) !== 0 && (words[words.length - 1] as number) >>> (slotCount & 31) !== 0) {
    throw new StorageCorruptError(WHERE, `it names slots from ${slotCount} on, which do not exist`);
  }
  const isStep = stepCounter();
  const last = slotCount === 0 ? -1 : segmentIndex(slotCount - 1);
  for (let index = 0; index <= last; index++) {
    if (!hasVector(words, segmentStart(index), segmentStart(index + 1))) continue;
    const segment = new Segment(arena, dimensions, index);
    segments[index] = segment;
    if (isStep(segment.bytes)) yield;
    const { uint8 } = viewsOf(arena);
    for (const [start, length] of parts(segment, dimensions, slotCount)) {
      read(reader, uint8.subarray(start, start + length));
    }
  }
  if (reader.left > 0) throw new StorageCorruptError(WHERE, `${reader.left} bytes are left over`);
  return present;
}

/** Address and length of what is written of a segment. */
function parts(segment: Segment, dimensions: number, slotCount: number): [start: number, bytes: number][] {
  const slots = Math.min(segment.slots, slotCount - segment.firstSlot);
  const slotsOfBlocks = (slots + 31) & ~31;
  return [
    [segment.rows, slots * dimensions],
    [segment.scales, slots * 4],
    [segment.codes, (slotsOfBlocks * dimensions) / 8],
  ];
}

/** Whether any of the slots from `start` to `end` - 1 (multiples of 32) has a vector. */
function hasVector(words: Uint32Array, start: number, end: number): boolean {
  return words.subarray(start / 32, end / 32).some((word) => word !== 0);
}

function read(reader: ByteReader, target: Uint8Array): void {
  if (!reader.read(target)) throw new StorageCorruptError(WHERE, "they end too early");
}
