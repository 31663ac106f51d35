import { lookUp } from "./lookup";

// The shortlist: a histogram of the scores pushed so far tells the lowest score that can still be among the wanted.
// Scores are 0 to 32,767; the histogram has a bin for each 8. The same layout as in javascript-shortlist.ts.
const COUNT: usize = 0; // pairs (slot u32, score u32) in the buffer
const THRESHOLD: usize = 4; // a multiple of 8; what is below it cannot be among the wanted
const CAPACITY: usize = 8;
const WANTED: usize = 12;
const REACHED: usize = 16; // pushed so far with a score of at least the threshold
const ADMISSION: usize = 20; // lowest score that is let in: the threshold, or 8 above it
const HALF_BLOCK: usize = 32; // scores of 16 documents, u16: those with even numbers, then those with odd ones
const HISTOGRAM: usize = 64;
const STATE_BYTES: usize = 64 + 4096 * 4;
const BIN_WIDTH: u32 = 8;

@inline
function bin(state: usize, score: u32): usize {
  return state + HISTOGRAM + <usize>((score >> 3) << 2);
}

export function shortlistBegin(state: usize, wanted: i32, capacity: i32): void {
  memory.fill(state, 0, STATE_BYTES);
  store<i32>(state, capacity, CAPACITY);
  store<i32>(state, wanted, WANTED);
}

export function shortlistEnd(state: usize, buffer: usize, slots: usize): i32 {
  compact(state, buffer);
  const count = load<i32>(state, COUNT);
  for (let i = 0; i < count; i++) store<u32>(slots + (<usize>i << 2), load<u32>(buffer + (<usize>i << 3)));
  return count;
}

function push(state: usize, buffer: usize, slot: u32, score: u32): void {
  const count = load<i32>(state, COUNT);
  const pair = buffer + (<usize>count << 3);
  store<u32>(pair, slot);
  store<u32>(pair, score, 4);
  store<i32>(state, count + 1, COUNT);
  const own = bin(state, score);
  store<i32>(own, load<i32>(own) + 1);

  // Raise the threshold while what lies above it suffices.
  let reached = load<i32>(state, REACHED) + 1;
  let threshold = load<u32>(state, THRESHOLD);
  const wanted = load<i32>(state, WANTED);
  while (true) {
    const inBin = load<i32>(bin(state, threshold));
    if (reached - inBin < wanted) break;
    reached -= inBin;
    threshold += BIN_WIDTH;
  }
  store<i32>(state, reached, REACHED);
  store<u32>(state, threshold, THRESHOLD);
  if (threshold > load<u32>(state, ADMISSION)) store<u32>(state, threshold, ADMISSION);

  if (count + 1 == load<i32>(state, CAPACITY)) {
    compact(state, buffer);
    if (load<i32>(state, COUNT) > load<i32>(state, CAPACITY) >> 1) trim(state, buffer);
  }
}

/** Drops what has fallen below the threshold. */
function compact(state: usize, buffer: usize): void {
  const count = load<i32>(state, COUNT);
  const threshold = load<u32>(state, THRESHOLD);
  let kept: usize = 0;
  for (let i = 0; i < count; i++) {
    const pair = load<u64>(buffer + (<usize>i << 3));
    if (<u32>(pair >> 32) < threshold) continue;
    store<u64>(buffer + (kept << 3), pair);
    kept++;
  }
  store<u32>(state, <u32>kept, COUNT);
}

/** Too many share the lowest step: keeps the first of them, as many as are wanted, and lets no more of them in. */
function trim(state: usize, buffer: usize): void {
  const count = load<i32>(state, COUNT);
  const threshold = load<u32>(state, THRESHOLD);
  const wanted = load<i32>(state, WANTED);
  const lowest = bin(state, threshold);
  const room = wanted - (load<i32>(state, REACHED) - load<i32>(lowest));
  let kept: usize = 0;
  let keptOfLowest = 0;
  for (let i = 0; i < count; i++) {
    const pair = load<u64>(buffer + (<usize>i << 3));
    if (<u32>(pair >> 32) < threshold + BIN_WIDTH && keptOfLowest++ >= room) continue;
    store<u64>(buffer + (kept << 3), pair);
    kept++;
  }
  store<u32>(state, <u32>kept, COUNT);
  store<i32>(state, wanted, REACHED);
  store<i32>(lowest, room);
  store<u32>(state, threshold + BIN_WIDTH, ADMISSION);
}

/** Lets in those of 16 scores that reach the admission threshold. */
@inline
function offer(even: v128, odd: v128, takesPart: u32, state: usize, buffer: usize, firstSlot: u32): void {
  const below = i16x8.splat(<i16>(load<i32>(state, ADMISSION) - 1));
  const evenPasses = i16x8.gt_s(even, below);
  const oddPasses = i16x8.gt_s(odd, below);
  if (v128.any_true(v128.or(evenPasses, oddPasses))) {
    pushPassing(even, odd, evenPasses, oddPasses, takesPart, state, buffer, firstSlot);
  }
}

function pushPassing(
  even: v128, odd: v128, evenPasses: v128, oddPasses: v128, takesPart: u32, state: usize, buffer: usize, firstSlot: u32,
): void {
  v128.store(state + HALF_BLOCK, even);
  v128.store(state + HALF_BLOCK, odd, 16);
  const passes = i8x16.narrow_i16x8_s(evenPasses, oddPasses);
  const inOrder = i8x16.shuffle(passes, passes, 0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15);
  let left = <u32>i8x16.bitmask(inOrder) & takesPart;
  while (left != 0) {
    const lane = ctz(left);
    left &= left - 1;
    const score = <u32>load<u16>(state + HALF_BLOCK + <usize>((lane & 1) << 4) + <usize>((lane >> 1) << 1));
    if (score >= load<u32>(state, ADMISSION)) push(state, buffer, firstSlot + lane, score);
  }
}

export function shortlistScan(
  codes: usize, count: i32, codeBytes: i32, lookup: usize, live: usize, state: usize, buffer: usize, firstSlot: u32,
): void {
  const lookupEnd = lookup + (<usize>codeBytes << 5);
  const pairsEnd = lookup + (<usize>(codeBytes & ~1) << 5);
  for (let first = 0; first < count; first += 32) {
    let takesPart: u32 = live == 0 ? 0xffffffff : load<u32>(live + (<usize>first >> 3));
    if (count - first < 32) takesPart &= (1 << (count - first)) - 1;
    if (takesPart != 0) {
      // Byte sums are added up as 16-bit numbers: `even` collects even byte + 256 x odd byte, `odd` the odd byte.
      let even0 = i16x8.splat(0);
      let odd0 = even0;
      let even1 = even0;
      let odd1 = even0;
      let slice = codes;
      let table = lookup;
      // Two bytes of the code a step: four values of at most 63 fit into a byte.
      while (table < pairsEnd) {
        const low0 = v128.load(table);
        const high0 = v128.load(table, 16);
        const low1 = v128.load(table, 32);
        const high1 = v128.load(table, 48);
        const sum0 = i8x16.add(lookUp(v128.load(slice), low0, high0), lookUp(v128.load(slice, 32), low1, high1));
        even0 = i16x8.add(even0, sum0);
        odd0 = i16x8.add(odd0, i16x8.shr_u(sum0, 8));
        const sum1 = i8x16.add(lookUp(v128.load(slice, 16), low0, high0), lookUp(v128.load(slice, 48), low1, high1));
        even1 = i16x8.add(even1, sum1);
        odd1 = i16x8.add(odd1, i16x8.shr_u(sum1, 8));
        slice += 64;
        table += 64;
      }
      if (table < lookupEnd) {
        const low = v128.load(table);
        const high = v128.load(table, 16);
        const sum0 = lookUp(v128.load(slice), low, high);
        even0 = i16x8.add(even0, sum0);
        odd0 = i16x8.add(odd0, i16x8.shr_u(sum0, 8));
        const sum1 = lookUp(v128.load(slice, 16), low, high);
        even1 = i16x8.add(even1, sum1);
        odd1 = i16x8.add(odd1, i16x8.shr_u(sum1, 8));
      }
      const slot = firstSlot + <u32>first;
      offer(i16x8.sub(even0, i16x8.shl(odd0, 8)), odd0, takesPart & 0xffff, state, buffer, slot);
      offer(i16x8.sub(even1, i16x8.shl(odd1, 8)), odd1, takesPart >> 16, state, buffer, slot + 16);
    }
    codes += <usize>codeBytes << 5;
  }
}
