import { gaussian, randomSource } from "./random.ts";

/** Documents to a cluster, and how far they stray from its centre relative to the centre's own length. */
const CLUSTER_SIZE = 100;
const SPREAD = 0.7;

export interface VectorSet {
  dimensions: number;
  documents: Float32Array[];
  queries: Float32Array[];
}

/** Unit vectors around random centres, as sentence embeddings cluster by topic; queries are drawn around the same centres. */
export function clusteredVectors(count: number, queryCount: number, dimensions = 384, seed = 1): VectorSet {
  const random = randomSource(seed);
  const centres = Array.from({ length: Math.max(10, Math.round(count / CLUSTER_SIZE)) }, () =>
    unit(Float32Array.from({ length: dimensions }, () => gaussian(random))),
  );
  const near = () => {
    const centre = centres[Math.floor(random() * centres.length)] as Float32Array;
    const noise = SPREAD / Math.sqrt(dimensions);
    return unit(centre.map((value) => value + noise * gaussian(random)));
  };
  return {
    dimensions,
    documents: Array.from({ length: count }, near),
    queries: Array.from({ length: queryCount }, near),
  };
}

function unit(vector: Float32Array): Float32Array {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const scale = 1 / Math.sqrt(squares);
  for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] as number) * scale;
  return vector;
}
