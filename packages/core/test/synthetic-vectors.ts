// A global is slow to reach inside a test, and these are called by the million.
const { cos, imul, log, sqrt, PI } = Math;

/** Repeatable numbers in [0, 1) (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = imul(state ^ (state >>> 15), 1 | state);
    t = (t + imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function unitVector(dimensions: number, random: () => number): Float32Array {
  return normalize(Float32Array.from({ length: dimensions }, () => gaussian(random)));
}

/** Unit vectors around `clusters` random centres, as sentences about so many topics would be. */
export function clusteredVectors(
  count: number,
  dimensions: number,
  clusters: number,
  random: () => number,
): Float32Array[] {
  const centres = Array.from({ length: clusters }, () => unitVector(dimensions, random));
  const spread = 0.8 / sqrt(dimensions);
  return Array.from({ length: count }, () => {
    const centre = centres[Math.floor(random() * clusters)] as Float32Array;
    return normalize(centre.map((component) => component + spread * gaussian(random)));
  });
}

/** Dot product of two vectors of equal length, a multiple of 4. */
export function dot(left: Float32Array, right: Float32Array): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < left.length; i += 4) {
    a += (left[i] as number) * (right[i] as number);
    b += (left[i + 1] as number) * (right[i + 1] as number);
    c += (left[i + 2] as number) * (right[i + 2] as number);
    d += (left[i + 3] as number) * (right[i + 3] as number);
  }
  return a + b + c + d;
}

function gaussian(random: () => number): number {
  return sqrt(-2 * log(1 - random())) * cos(2 * PI * random());
}

function normalize(vector: Float32Array): Float32Array {
  const length = sqrt(dot(vector, vector));
  return vector.map((component) => component / length);
}
