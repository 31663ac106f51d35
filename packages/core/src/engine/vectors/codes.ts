/**
 * Packs the signs of one int8 row: bit b of byte j is 1 when component 8j + b is 0 or above. Byte j goes to
 * `code + 32 x j`: the codes of 32 slots are interleaved by bytes.
 */
export function packCode(int8: Int8Array, row: number, uint8: Uint8Array, code: number, codeBytes: number): void {
  for (let j = 0; j < codeBytes; j++) {
    const at = row + 8 * j;
    const negative =
      ((int8[at] as number) >>> 31) |
      (((int8[at + 1] as number) >>> 31) << 1) |
      (((int8[at + 2] as number) >>> 31) << 2) |
      (((int8[at + 3] as number) >>> 31) << 3) |
      (((int8[at + 4] as number) >>> 31) << 4) |
      (((int8[at + 5] as number) >>> 31) << 5) |
      (((int8[at + 6] as number) >>> 31) << 6) |
      (((int8[at + 7] as number) >>> 31) << 7);
    uint8[code + 32 * j] = ~negative;
  }
}

/** Byte offset of the first byte of a slot's code, from the start of its segment's codes. */
export function codeOffset(slotInSegment: number, codeBytes: number): number {
  return (slotInSegment >>> 5) * codeBytes * 32 + (slotInSegment & 31);
}
