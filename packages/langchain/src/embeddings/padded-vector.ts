const STEP = 8;

/** The number of dimensions that an index of Sotto needs for vectors of this length: the next multiple of 8. */
export function paddedLength(length: number): number {
  return Math.ceil(length / STEP) * STEP;
}

/** The vector with zeros at its end, up to a multiple of 8 values: cosines stay what they are. */
export function paddedVector(vector: readonly number[]): Float32Array {
  const padded = new Float32Array(paddedLength(vector.length));
  padded.set(vector);
  return padded;
}

export function isZero(vector: ArrayLike<number>): boolean {
  for (let i = 0; i < vector.length; i++) if (vector[i] !== 0) return false;
  return true;
}
