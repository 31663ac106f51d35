import { EmbeddingInvalidError } from "../../errors/index.ts";
import { describeValue } from "../documents/index.ts";

/** So that squares of 4,096 values neither overflow nor vanish in float32 when the vector is scaled to length 1. */
const LARGEST = 1e17;
const NOT_ZERO = 1e-18;

/**
 * Checks a vector that was handed in: an array of numbers or a Float32Array or Float64Array, `dimensions` long (any
 * length when that is undefined), finite, at most 1e17 in size, not all zero.
 */
export function validateEmbedding(embedding: unknown, dimensions: number | undefined, documentId?: string): void {
  if (!isVector(embedding)) {
    throw new EmbeddingInvalidError(
      `it must be an array of numbers or a Float32Array, not ${describeValue(embedding)}`,
      documentId,
    );
  }
  if (dimensions !== undefined && embedding.length !== dimensions) {
    throw new EmbeddingInvalidError(
      `it has ${embedding.length} values; the index has ${dimensions} dimensions`,
      documentId,
    );
  }
  let isZero = true;
  for (let i = 0; i < embedding.length; i++) {
    const value: unknown = embedding[i];
    if (typeof value !== "number" || !Number.isFinite(value)) {
      throw new EmbeddingInvalidError(`value ${i} is ${describeValue(value)}, not a finite number`, documentId);
    }
    if (Math.abs(value) > LARGEST)
      throw new EmbeddingInvalidError(`value ${i} is ${value}, over ${LARGEST} in size`, documentId);
    if (Math.abs(value) > NOT_ZERO) isZero = false;
  }
  if (isZero) throw new EmbeddingInvalidError(`every value is zero, or below ${NOT_ZERO} in size`, documentId);
}

function isVector(value: unknown): value is ArrayLike<unknown> {
  if (Array.isArray(value)) return true;
  const tag = ArrayBuffer.isView(value) ? Object.prototype.toString.call(value) : "";
  return tag === "[object Float32Array]" || tag === "[object Float64Array]";
}
