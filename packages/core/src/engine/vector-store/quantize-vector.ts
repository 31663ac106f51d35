import { quantizeRow } from "./quantize.ts";
import type { QuantizedVector } from "./quantized-vectors.ts";

/** A vector of any length but zero, scaled to length 1 and quantised as a `VectorStore` holds it. */
export function quantizeVector(vector: Float32Array): QuantizedVector {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const unit = Math.abs(squares - 1) < 1e-6 ? vector : vector.map((value) => value / Math.sqrt(squares));
  const values = new Int8Array(unit.length);
  const scale = quantizeRow(unit, values, 0);
  return { scale, values };
}
