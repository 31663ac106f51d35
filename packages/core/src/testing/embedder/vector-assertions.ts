import assert from "node:assert/strict";
import type { Embedder } from "../../engine/index.ts";

export type Vector = Float32Array | null;

/** Fails unless `vector` is a Float32Array of the embedder's dimensions, finite and of length 1 (within 1e-4). */
export function assertUnitVector(
  vector: Vector | undefined,
  embedder: Embedder,
  text: string,
): asserts vector is Float32Array {
  const shown = JSON.stringify(text.slice(0, 60));
  assert.ok(vector, `${shown} should have a vector, but got ${String(vector)}`);
  // By name, because a test runner may have a realm of its own.
  assert.equal(
    Object.prototype.toString.call(vector),
    "[object Float32Array]",
    `the vector of ${shown} has the wrong type`,
  );
  assert.equal(vector.length, embedder.dimensions, `the vector of ${shown} has the wrong number of dimensions`);
  const length = Math.sqrt(dot(vector, vector));
  assert.ok(Math.abs(length - 1) <= 1e-4, `the vector of ${shown} should have length 1, but has ${length}`);
}

/** Fails unless both are null, or their cosine is at least `1 - tolerance`. */
export function assertSameVector(
  actual: Vector | undefined,
  expected: Vector | undefined,
  tolerance: number,
  what: string,
): void {
  if (!actual || !expected) {
    assert.equal(actual, expected, `${what}: one is null and the other is not`);
    return;
  }
  assert.equal(actual.length, expected.length, `${what}: the lengths differ`);
  const distance = 1 - dot(actual, expected);
  assert.ok(distance <= tolerance, `${what}: 1 - cosine should be at most ${tolerance}, but is ${distance}`);
}

export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
