/**
 * Packs the signs of one int8 row: bit b of byte j is 1 when component 8j + b is 0 or above. Byte j goes to
 * `code + 32 x j`: the codes of 32 slots are interleaved by bytes.
 */
export function packCode(int8: Int8Array, row: number, uint8: Uint8Array, code: number, codeBytes: number): void {
  for (let j = 0; j < codeBytes; j++) {
    const at = row + 8 * j;
    let byte = 0;
    for (let b = 0; b < 8; b++) byte |= (((int8[at + b] as number) >>> 31) ^ 1) << b;
    uint8[code + 32 * j] = byte;
  }
}

/** Byte offset of the first byte of a slot's code, from the start of its segment's codes. */
export function codeOffset(slotInSegment: number, codeBytes: number): number {
  return (slotInSegment >>> 5) * codeBytes * 32 + (slotInSegment & 31);
}
