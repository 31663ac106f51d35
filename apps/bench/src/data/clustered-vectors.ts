import { gaussian, randomSource } from "./random.ts";

/** Documents to a topic. */
const TOPIC_SIZE = 100;
/**
 * How far a text strays from its topic's centre, relative to the centre's length: each text by its own measure, evenly
 * between these two, since some texts are in the middle of their topic and some at its edge.
 */
const NEAREST = 0.4;
const FARTHEST = 1.2;

/** Vectors one beside the other. */
export interface VectorRows {
  readonly count: number;
  readonly dimensions: number;
  readonly values: Float32Array;
  row(i: number): Float32Array;
}

export interface VectorSet {
  documents: VectorRows;
  queries: VectorRows;
}

/**
 * Unit vectors about topics, as sentence embeddings cluster; queries are drawn from the same topics. The cosines of a
 * query's first and tenth neighbour differ by about 0.03; of real passages by about 0.1, so this is the harder set.
 */
export function clusteredVectors(count: number, queryCount: number, dimensions = 384, seed = 1): VectorSet {
  const random = randomSource(seed);
  const topics = new Float32Array(Math.max(10, Math.round(count / TOPIC_SIZE)) * dimensions);
  for (let at = 0; at < topics.length; at += dimensions) {
    for (let j = 0; j < dimensions; j++) topics[at + j] = gaussian(random);
    scaleToUnit(topics, at, dimensions);
  }
  const rows = (howMany: number): VectorRows => {
    const values = new Float32Array(howMany * dimensions);
    for (let at = 0; at < values.length; at += dimensions) {
      const topic = Math.floor((random() * topics.length) / dimensions) * dimensions;
      const noise = (NEAREST + (FARTHEST - NEAREST) * random()) / Math.sqrt(dimensions);
      for (let j = 0; j < dimensions; j++) values[at + j] = (topics[topic + j] as number) + noise * gaussian(random);
      scaleToUnit(values, at, dimensions);
    }
    return vectorRows(values, dimensions);
  };
  return { documents: rows(count), queries: rows(queryCount) };
}

export function vectorRows(values: Float32Array, dimensions: number): VectorRows {
  return {
    count: values.length / dimensions,
    dimensions,
    values,
    row: (i) => values.subarray(i * dimensions, (i + 1) * dimensions),
  };
}

function scaleToUnit(values: Float32Array, at: number, dimensions: number): void {
  let squares = 0;
  for (let i = at; i < at + dimensions; i++) squares += (values[i] as number) ** 2;
  const scale = 1 / Math.sqrt(squares);
  for (let i = at; i < at + dimensions; i++) values[i] = (values[i] as number) * scale;
}
