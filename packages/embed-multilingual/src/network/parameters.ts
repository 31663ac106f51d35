import type { ModelHeader } from "../model/model-format.ts";
import { modelInvalid } from "../multilingual-model-error.ts";
import { ORDERS, WIDTH } from "./shape.ts";

/** A matrix in the memory, as the kernel reads it. */
export interface Matrix {
  at: number;
  scale: number;
  inputs: number;
  outputs: number;
}

/** One layer of a stack: a convolution and its bias. */
export interface Convolution {
  matrix: Matrix;
  bias: number;
}

/** One of the three stacks: what it takes of a piece, and its two convolutions. */
export interface Stack {
  projection: Matrix;
  projectionBias: number;
  layers: readonly [Convolution, Convolution];
}

/** Where the parts of the network are in the memory. */
export interface Parameters {
  table: number;
  tableScales: Float32Array;
  tableLows: Float32Array;
  stacks: readonly Stack[];
  /** Of the layer norm over the projections of all stacks. */
  stackGain: number;
  stackOffset: number;
  /** Of the layer norm over a piece and what the stacks made of it. */
  featureGain: number;
  featureOffset: number;
  features: Matrix;
  featuresBias: Float32Array;
  dense: readonly [Matrix, Matrix, Matrix, Matrix];
  /** Short cuts past the second and the fourth dense layer. */
  shortCuts: readonly [Matrix, Matrix];
}

/**
 * Finds them. `addressOf` says where a section was put. Throws a `MultilingualModelError` for a section that is missing or
 * of another shape.
 */
export function parametersOf(
  header: ModelHeader,
  addressOf: (name: string) => number | undefined,
  memory: WebAssembly.Memory,
): Parameters {
  const { rows, dimensions, chunks } = header;
  const width = dimensions + ORDERS.length * WIDTH;

  function section(name: string, ...shape: number[]) {
    const found = header.sections.find((candidate) => candidate.name === name);
    const at = addressOf(name);
    if (found === undefined || at === undefined) throw modelInvalid(`it has no ${name}`);
    if (name !== "table" && found.shape?.join() !== shape.join())
      throw modelInvalid(`${name} should be of shape ${shape.join(" x ")}, but is ${found.shape?.join(" x ")}`);
    const bytes = shape.reduce((product, length) => product * length, shape.length === 1 ? 4 : 1);
    if (found.bytes !== bytes) throw modelInvalid(`${name} should have ${bytes} bytes, but has ${found.bytes}`);
    return { at, scale: found.scale };
  }
  const vector = (name: string, length: number) => section(name, length).at;
  const floats = (name: string, length: number) =>
    new Float32Array(memory.buffer.slice(vector(name, length), vector(name, length) + 4 * length));
  function matrix(name: string, inputs: number, outputs: number): Matrix {
    const { at, scale } = section(name, inputs, outputs);
    if (!(scale !== undefined && scale > 0)) throw modelInvalid(`${name} has no scale`);
    return { at, scale, inputs, outputs };
  }

  return {
    table: section("table", rows, dimensions).at,
    tableScales: floats("scale", chunks),
    tableLows: floats("lo", chunks),
    stacks: ORDERS.map((order) => ({
      projection: matrix(`proj${order}`, dimensions, WIDTH),
      projectionBias: vector(`proj_b${order}`, WIDTH),
      layers: [
        { matrix: matrix(`w1_${order}`, order * WIDTH, WIDTH), bias: vector(`b1_${order}`, WIDTH) },
        { matrix: matrix(`w2_${order}`, order * WIDTH, WIDTH), bias: vector(`b2_${order}`, WIDTH) },
      ],
    })),
    stackGain: vector("ln_stacks_gain", ORDERS.length * WIDTH),
    stackOffset: vector("ln_stacks_offset", ORDERS.length * WIDTH),
    featureGain: vector("ln_g", width),
    featureOffset: vector("ln_b", width),
    features: matrix("cnn_W", width, dimensions),
    featuresBias: floats("cnn_b", dimensions),
    dense: [
      matrix("d0", dimensions, 320),
      matrix("d1", 320, 320),
      matrix("d2", 320, dimensions),
      matrix("d3", dimensions, dimensions),
    ],
    shortCuts: [matrix("p1", dimensions, 320), matrix("p3", 320, dimensions)],
  };
}
