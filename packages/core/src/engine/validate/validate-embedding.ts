import { EmbeddingInvalidError } from "../../errors/embedding-invalid-error.ts";
import { describeValue } from "../metadata-value.ts";

/**
 * Checks a vector that was handed in: an array of numbers or a Float32Array or Float64Array, `dimensions` long (any
 * length when that is undefined), finite as float32, not all zero.
 */
export function validateEmbedding(embedding: unknown, dimensions: number | undefined, documentId?: string): void {
  if (!isVector(embedding)) {
    throw new EmbeddingInvalidError(`it must be an array of numbers or a Float32Array, not ${describeValue(embedding)}`, documentId);
  }
  if (dimensions !== undefined && embedding.length !== dimensions) {
    throw new EmbeddingInvalidError(`it has ${embedding.length} dimensions, the index has ${dimensions}`, documentId);
  }
  let isZero = true;
  for (let i = 0; i < embedding.length; i++) {
    const value: unknown = embedding[i];
    if (typeof value !== "number" || !Number.isFinite(Math.fround(value))) {
      throw new EmbeddingInvalidError(`value ${i} is ${describeValue(value)}, not a finite float32`, documentId);
    }
    if (Math.fround(value) !== 0) isZero = false;
  }
  if (isZero) throw new EmbeddingInvalidError("all its values are 0", documentId);
}

function isVector(value: unknown): value is ArrayLike<unknown> {
  if (Array.isArray(value)) return true;
  const tag = ArrayBuffer.isView(value) ? Object.prototype.toString.call(value) : "";
  return tag === "[object Float32Array]" || tag === "[object Float64Array]";
}
