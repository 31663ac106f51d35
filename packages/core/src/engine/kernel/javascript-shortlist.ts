import type { MemoryViews } from "./memory-views.ts";

// Places in the state, as uint32 indexes. The same layout as in kernel/shortlist.ts.
const COUNT = 0; // pairs in the buffer
const THRESHOLD = 1; // a multiple of 8; what is below it cannot be among the wanted
const CAPACITY = 2;
const WANTED = 3;
const REACHED = 4; // pushed so far with a score of at least the threshold
const ADMISSION = 5; // lowest score that is let in: the threshold, or 8 above it
const HISTOGRAM = 16;
const HISTOGRAM_BINS = 4_096;
const BIN_BITS = 3;
const BIN_WIDTH = 1 << BIN_BITS;

const blockScores = new Int32Array(32);

export function shortlistBegin(views: MemoryViews, state: number, wanted: number, capacity: number): void {
  const at = state >>> 2;
  views.uint32.fill(0, at, at + HISTOGRAM + HISTOGRAM_BINS);
  views.uint32[at + CAPACITY] = capacity;
  views.uint32[at + WANTED] = wanted;
}

export function shortlistScan(
  views: MemoryViews,
  codes: number,
  count: number,
  codeBytes: number,
  lookup: number,
  live: number,
  state: number,
  buffer: number,
  firstSlot: number,
): void {
  const { uint32 } = views;
  const admission = (state >>> 2) + ADMISSION;
  for (let first = 0; first < count; first += 32) {
    let takesPart = live === 0 ? 0xffffffff : (uint32[(live + (first >>> 3)) >>> 2] as number);
    if (count - first < 32) takesPart &= (1 << (count - first)) - 1;
    if (takesPart === 0) continue;
    sumBlock(views.uint8, codes + first * codeBytes, codeBytes, lookup);
    while (takesPart !== 0) {
      const lane = 31 - Math.clz32(takesPart & -takesPart);
      takesPart &= takesPart - 1;
      const score = blockScores[lane] as number;
      if (score >= (uint32[admission] as number)) push(uint32, state, buffer, firstSlot + first + lane, score);
    }
  }
}

export function shortlistEnd(views: MemoryViews, state: number, buffer: number, slots: number): number {
  const { uint32 } = views;
  compact(uint32, state, buffer);
  const count = uint32[(state >>> 2) + COUNT] as number;
  for (let i = 0; i < count; i++) uint32[(slots >>> 2) + i] = uint32[(buffer >>> 2) + 2 * i] as number;
  return count;
}

/** Sums the lookup values of the 32 codes of one block into `blockScores`. */
function sumBlock(uint8: Uint8Array, block: number, codeBytes: number, lookup: number): void {
  blockScores.fill(0);
  for (let slice = 0; slice < codeBytes; slice++) {
    const low = lookup + slice * 32;
    const bytes = block + slice * 32;
    for (let lane = 0; lane < 32; lane++) {
      const code = uint8[bytes + lane] as number;
      (blockScores[lane] as number) += (uint8[low + (code & 15)] as number) + (uint8[low + 16 + (code >> 4)] as number);
    }
  }
}

function push(uint32: Uint32Array, state: number, buffer: number, slot: number, score: number): void {
  const at = state >>> 2;
  const count = uint32[at + COUNT] as number;
  const pair = (buffer >>> 2) + 2 * count;
  uint32[pair] = slot;
  uint32[pair + 1] = score;
  uint32[at + COUNT] = count + 1;
  (uint32[at + HISTOGRAM + (score >>> BIN_BITS)] as number)++;

  // Raise the threshold while what lies above it suffices.
  let reached = (uint32[at + REACHED] as number) + 1;
  let threshold = uint32[at + THRESHOLD] as number;
  const wanted = uint32[at + WANTED] as number;
  for (;;) {
    const inBin = uint32[at + HISTOGRAM + (threshold >>> BIN_BITS)] as number;
    if (reached - inBin < wanted) break;
    reached -= inBin;
    threshold += BIN_WIDTH;
  }
  uint32[at + REACHED] = reached;
  uint32[at + THRESHOLD] = threshold;
  if (threshold > (uint32[at + ADMISSION] as number)) uint32[at + ADMISSION] = threshold;

  if (count + 1 === uint32[at + CAPACITY]) {
    compact(uint32, state, buffer);
    if ((uint32[at + COUNT] as number) > (uint32[at + CAPACITY] as number) >>> 1) trim(uint32, state, buffer);
  }
}

/** Drops what has fallen below the threshold. */
function compact(uint32: Uint32Array, state: number, buffer: number): void {
  const at = state >>> 2;
  const pairs = buffer >>> 2;
  const count = uint32[at + COUNT] as number;
  const threshold = uint32[at + THRESHOLD] as number;
  let kept = 0;
  for (let i = 0; i < count; i++) {
    if ((uint32[pairs + 2 * i + 1] as number) < threshold) continue;
    uint32[pairs + 2 * kept] = uint32[pairs + 2 * i] as number;
    uint32[pairs + 2 * kept + 1] = uint32[pairs + 2 * i + 1] as number;
    kept++;
  }
  uint32[at + COUNT] = kept;
}

/** Too many share the lowest step: keeps the first of them, as many as are wanted, and lets no more of them in. */
function trim(uint32: Uint32Array, state: number, buffer: number): void {
  const at = state >>> 2;
  const pairs = buffer >>> 2;
  const count = uint32[at + COUNT] as number;
  const wanted = uint32[at + WANTED] as number;
  const nextStep = (uint32[at + THRESHOLD] as number) + BIN_WIDTH;
  const bin = at + HISTOGRAM + ((uint32[at + THRESHOLD] as number) >>> BIN_BITS);
  const room = wanted - ((uint32[at + REACHED] as number) - (uint32[bin] as number));
  let kept = 0;
  let keptOfBin = 0;
  for (let i = 0; i < count; i++) {
    const score = uint32[pairs + 2 * i + 1] as number;
    if (score < nextStep && keptOfBin++ >= room) continue;
    uint32[pairs + 2 * kept] = uint32[pairs + 2 * i] as number;
    uint32[pairs + 2 * kept + 1] = score;
    kept++;
  }
  uint32[at + COUNT] = kept;
  uint32[at + REACHED] = wanted;
  uint32[bin] = room;
  uint32[at + ADMISSION] = nextStep;
}
