import { quantizeRow } from "./quantize.ts";
import type { QuantizedVector } from "./quantized-vectors.ts";

/** A vector of any length but zero, scaled to length 1 and quantised as a `VectorStore` holds it. */
export function quantizeVector(vector: Float32Array): QuantizedVector {
  const values = new Int8Array(vector.length);
  const scale = quantizeRow(toUnitLength(vector), values, 0);
  return { scale, values };
}

/** The same direction with length 1; the vector itself when it has that length. */
export function toUnitLength(vector: Float32Array): Float32Array {
  let squares = 0;
  for (let i = 0; i < vector.length; i++) squares += (vector[i] as number) * (vector[i] as number);
  if (Math.abs(squares - 1) < 1e-6) return vector;
  const factor = 1 / Math.sqrt(squares);
  const unit = new Float32Array(vector.length);
  for (let i = 0; i < vector.length; i++) unit[i] = (vector[i] as number) * factor;
  return unit;
}
