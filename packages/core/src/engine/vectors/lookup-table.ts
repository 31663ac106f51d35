/** Largest value of one entry: four of them fit into a byte. */
const LARGEST_ENTRY = 63;
/** Largest sum of entries, one for each 4 dimensions: below 32,768 even when each of up to 1,024 was rounded up. */
const LARGEST_SUM = 32_000;

/** The factor that makes the best use of a table's range for this query; 0 for a query of zeros. */
export function lookupFactor(query: Float32Array): number {
  let largest = 0;
  let total = 0;
  for (let d = 0; d < query.length; d += 4) {
    const sum = magnitude(query, d) + magnitude(query, d + 1) + magnitude(query, d + 2) + magnitude(query, d + 3);
    total += sum;
    if (sum > largest) largest = sum;
  }
  return largest === 0 ? 0 : Math.min(LARGEST_ENTRY / largest, LARGEST_SUM / total);
}

/**
 * Writes the table with which one-bit codes are scored: for each 4 dimensions 16 bytes, one for each pattern of signs.
 * An entry is the sum of |query component| over the dimensions where the pattern has the query's sign, times `factor`.
 * A code's score is the sum of its entries; up to the factor, a constant and rounding it is the dot product of the query
 * with the code's signs.
 */
export function writeLookupTable(
  query: Float32Array,
  uint8: Uint8Array,
  at: number,
  factor: number = lookupFactor(query),
): void {
  for (let d = 0; d < query.length; d += 4) {
    let pattern = 0;
    for (let b = 0; b < 4; b++) if ((query[d + b] as number) >= 0) pattern |= 1 << b;
    const m0 = magnitude(query, d) * factor;
    const m1 = magnitude(query, d + 1) * factor;
    const m2 = magnitude(query, d + 2) * factor;
    const m3 = magnitude(query, d + 3) * factor;
    const entries = at + 4 * d;
    for (let i = 0; i < 16; i++) {
      const same = ~(i ^ pattern);
      const sum = (same & 1 ? m0 : 0) + (same & 2 ? m1 : 0) + (same & 4 ? m2 : 0) + (same & 8 ? m3 : 0);
      uint8[entries + i] = sum + 0.5;
    }
  }
}

function magnitude(query: Float32Array, dimension: number): number {
  return Math.abs(query[dimension] as number);
}
