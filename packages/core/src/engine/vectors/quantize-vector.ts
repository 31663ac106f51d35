import { quantizeRow } from "./quantize.ts";
import type { QuantizedVector } from "./quantized-vectors.ts";

/** A vector of any length but zero, scaled to length 1 and quantised as a `VectorStore` holds it. */
export function quantizeVector(vector: Float32Array): QuantizedVector {
  const values = new Int8Array(vector.length);
  const scale = quantizeRow(vector, values, 0);
  const squares = sumOfSquares(vector);
  return { scale: isUnit(squares) ? scale : Math.fround(scale / Math.sqrt(squares)), values };
}

/** The same direction with length 1; the vector itself when it has that length. */
export function toUnitLength(vector: Float32Array): Float32Array {
  const squares = sumOfSquares(vector);
  if (isUnit(squares)) return vector;
  const factor = 1 / Math.sqrt(squares);
  return vector.map((value) => value * factor);
}

function sumOfSquares(vector: Float32Array): number {
  let squares = 0;
  for (let i = 0; i < vector.length; i++) squares += (vector[i] as number) * (vector[i] as number);
  return squares;
}

function isUnit(squares: number): boolean {
  return Math.abs(squares - 1) < 1e-6;
}
