import { lookUp } from "./lookup";

/** Sums of bytes, as 16-bit numbers: the largest of 8. */
@inline
function largest(values: v128): u32 {
  let best = i16x8.max_u(values, i8x16.shuffle(values, values, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
  best = i16x8.max_u(best, i8x16.shuffle(best, best, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11));
  best = i16x8.max_u(best, i8x16.shuffle(best, best, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13));
  return <u32>i16x8.extract_lane_u(best, 0);
}

/** The scores of a block of 16 tokens, in no particular order: the larger of each two. */
@inline
function scoreBlock(codes: usize, codeBytes: i32, lookup: usize): v128 {
  let even = i16x8.splat(0);
  let odd = even;
  const pairsEnd = lookup + (<usize>(codeBytes & ~1) << 5);
  let slice = codes;
  let table = lookup;
  // Two bytes of the code a step: four values of at most 63 fit into a byte.
  while (table < pairsEnd) {
    const sum = i8x16.add(
      lookUp(v128.load(slice), v128.load(table), v128.load(table, 16)),
      lookUp(v128.load(slice, 16), v128.load(table, 32), v128.load(table, 48)),
    );
    even = i16x8.add(even, sum);
    odd = i16x8.add(odd, i16x8.shr_u(sum, 8));
    slice += 32;
    table += 64;
  }
  if (codeBytes & 1) {
    const sum = lookUp(v128.load(slice), v128.load(table), v128.load(table, 16));
    even = i16x8.add(even, sum);
    odd = i16x8.add(odd, i16x8.shr_u(sum, 8));
  }
  return i16x8.max_u(i16x8.sub(even, i16x8.shl(odd, 8)), odd);
}

export function maxSim(
  documents: usize, count: i32, codeBytes: i32, lookup: usize, queryTokens: i32, sums: usize,
): void {
  const tableBytes = <usize>codeBytes << 5;
  const blockBytes = <usize>codeBytes << 4;
  for (let i = 0; i < count; i++) {
    const codes = <usize>load<u32>(documents + (<usize>i << 3));
    const codesEnd = codes + <usize>load<u32>(documents + (<usize>i << 3), 4) * blockBytes;
    let sum: u32 = 0;
    let table = lookup;
    for (let token = 0; token < queryTokens; token++) {
      let best = i16x8.splat(0);
      for (let block = codes; block < codesEnd; block += blockBytes)
        best = i16x8.max_u(best, scoreBlock(block, codeBytes, table));
      sum += largest(best);
      table += tableBytes;
    }
    store<u32>(sums + (<usize>i << 2), sum);
  }
}
