import { EmbeddingInvalidError } from "../../errors/embedding-invalid-error.ts";
import { describe } from "./validate-name.ts";

/** Throws `embedding.invalid` unless `vector` has `dimensions` finite values that are not all zero. */
export function validateVector(vector: unknown, dimensions: number, documentId?: string): asserts vector is Float32Array | readonly number[] {
  if (!(Array.isArray(vector) || vector instanceof Float32Array || vector instanceof Float64Array || isForeignTypedArray(vector))) {
    throw new EmbeddingInvalidError(`it is ${describe(vector)}; it must be a Float32Array or an array of numbers`, documentId);
  }
  const values = vector as ArrayLike<unknown>;
  if (values.length !== dimensions) {
    throw new EmbeddingInvalidError(`it has ${values.length} values; the index has ${dimensions} dimensions`, documentId);
  }
  let zero = true;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value !== "number" || !Number.isFinite(value)) {
      throw new EmbeddingInvalidError(`value ${i} is ${typeof value === "number" ? value : describe(value)}; every value must be a finite number`, documentId);
    }
    if (Math.abs(value) > MOST) throw new EmbeddingInvalidError(`value ${i} is ${value}, too large to be scaled to unit length`, documentId);
    if (Math.abs(value) > LEAST) zero = false;
  }
  if (zero) throw new EmbeddingInvalidError("every value is zero (or too small to be scaled to unit length)", documentId);
}

/** So that the squares of 4,096 values neither overflow nor vanish in float32. */
const MOST = 1e17;
const LEAST = 1e-18;

/** A Float32Array of another realm (an iframe, a test environment). */
function isForeignTypedArray(value: unknown): boolean {
  const name = Object.prototype.toString.call(value);
  return name === "[object Float32Array]" || name === "[object Float64Array]";
}
