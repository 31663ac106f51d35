/** The mean of the rows, scaled to length 1; null where they sum up to nothing. */
export function meanVector(rows: Float32Array, dimensions: number): Float32Array | null {
  const sum = new Float32Array(dimensions);
  for (let at = 0; at < rows.length; at += dimensions)
    for (let d = 0; d < dimensions; d++) sum[d] = (sum[d] as number) + (rows[at + d] as number);
  let square = 0;
  for (const value of sum) square += value * value;
  if (!(square > 0 && square < Number.POSITIVE_INFINITY)) return null;
  const scale = 1 / Math.sqrt(square);
  return sum.map((value) => value * scale);
}
