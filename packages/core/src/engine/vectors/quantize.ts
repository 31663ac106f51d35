import { InvalidArgumentError } from "../../errors/index.ts";

/** Largest absolute value of a quantised query: 12 bits, so that 4,096 products with int8 still fit into an int32. */
const QUERY_LEVELS = 4_095;
const ROW_LEVELS = 127;

/**
 * Writes `vector` as int8 to `target` from `at` on; answers the scale: component = int8 x scale, |int8| <= 127. Throws
 * `argument.invalid`, having written nothing, when a component is not finite.
 */
export function quantizeRow(vector: Float32Array, target: Int8Array, at: number): number {
  return quantize(vector, target, at, ROW_LEVELS);
}

/** The same for a query, as int16 with |value| <= 4,095. */
export function quantizeQuery(query: Float32Array, target: Int16Array, at: number): number {
  return quantize(query, target, at, QUERY_LEVELS);
}

function quantize(vector: Float32Array, target: Int8Array | Int16Array, at: number, levels: number): number {
  let largest = 0;
  let sum = 0;
  for (let i = 0; i < vector.length; i++) {
    const size = Math.abs(vector[i] as number);
    if (size > largest) largest = size;
    sum += size;
  }
  if (!Number.isFinite(sum)) throw new InvalidArgumentError("vector", "a component is not a finite number");
  const scale = Math.fround(largest / levels);
  const factor = scale === 0 ? 0 : levels / largest;
  // Math.round, as a truncation of what is made positive first: twice as fast.
  const positive = levels + 1;
  const half = positive + 0.5;
  for (let i = 0; i < vector.length; i++) {
    target[at + i] = (((vector[i] as number) * factor + half) | 0) - positive;
  }
  return scale;
}
