/** How many directions a token's state is projected on. */
export const TOKEN_DIMENSIONS = 128;

/**
 * Each row of unit length, times the directions (row-major, `TOKEN_DIMENSIONS` a row): `TOKEN_DIMENSIONS` values a row, of
 * length 1 at most.
 */
export function project(rows: Float32Array, rowLength: number, directions: Float32Array): Float32Array {
  const projected = new Float32Array((rows.length / rowLength) * TOKEN_DIMENSIONS);
  for (let row = 0, to = 0; row < rows.length; row += rowLength, to += TOKEN_DIMENSIONS) {
    let square = 0;
    for (let d = 0; d < rowLength; d++) square += (rows[row + d] as number) ** 2;
    const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (let d = 0; d < rowLength; d++) {
      const value = (rows[row + d] as number) * scale;
      const direction = d * TOKEN_DIMENSIONS;
      for (let i = 0; i < TOKEN_DIMENSIONS; i++)
        projected[to + i] = (projected[to + i] as number) + value * (directions[direction + i] as number);
    }
  }
  return projected;
}

/** One bit a value, set where it is at least 0: value `d` is bit `d % 8` of byte `d >> 3`. */
export function signs(values: Float32Array): Uint8Array {
  const codes = new Uint8Array(values.length >> 3);
  for (let i = 0; i < values.length; i++)
    if ((values[i] as number) >= 0) codes[i >> 3] = (codes[i >> 3] as number) | (1 << (i & 7));
  return codes;
}
