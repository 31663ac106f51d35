import type { MemoryViews } from "./memory-views.ts";

/** Tokens of a block. */
const BLOCK = 16;

export function maxSim(
  { uint8, uint32 }: MemoryViews,
  documents: number,
  count: number,
  codeBytes: number,
  lookup: number,
  queryTokens: number,
  sums: number,
): void {
  for (let i = 0; i < count; i++) {
    const codes = uint32[(documents >>> 2) + 2 * i] as number;
    const blocks = uint32[(documents >>> 2) + 2 * i + 1] as number;
    let sum = 0;
    for (let token = 0; token < queryTokens; token++) {
      const table = lookup + token * codeBytes * 32;
      let best = 0;
      for (let block = 0; block < blocks; block++) {
        const at = codes + block * codeBytes * BLOCK;
        for (let lane = 0; lane < BLOCK; lane++) best = Math.max(best, score(uint8, at + lane, codeBytes, table));
      }
      sum += best;
    }
    uint32[(sums >>> 2) + i] = sum;
  }
}

/** The sum of the table's values for one token, whose first byte is at `at`. */
function score(uint8: Uint8Array, at: number, codeBytes: number, table: number): number {
  let sum = 0;
  for (let byte = 0; byte < codeBytes; byte++) {
    const code = uint8[at + byte * BLOCK] as number;
    const entries = table + byte * 32;
    sum += (uint8[entries + (code & 15)] as number) + (uint8[entries + 16 + (code >>> 4)] as number);
  }
  return sum;
}
