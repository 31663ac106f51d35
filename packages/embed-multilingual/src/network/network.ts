import { type ModelHeader, tableRow } from "../model/model-format.ts";
import type { Kernel } from "./kernel.ts";
import type { Matrix, Parameters } from "./parameters.ts";
import { ORDERS, WIDTH } from "./shape.ts";
import { type PaddedStack, ROWS_A_STEP, type Workspace } from "./workspace.ts";

const FLOAT = 4;
const SHORT = 2;
const ROW_BYTES = WIDTH * FLOAT;

/**
 * The Universal Sentence Encoder's convolutional network (Yang et al., "Multilingual Universal Sentence Encoder for
 * Semantic Retrieval", 2019): three stacks of two convolutions over 2, 3 and 5 pieces beside the pieces themselves, the
 * sum of all over the text, and a small feed-forward network. Its matrices are int8 and meet int16; sums are of 32 bits.
 */
export class Network {
  readonly #header: ModelHeader;
  readonly #kernel: Kernel;
  readonly #parameters: Parameters;

  constructor(header: ModelHeader, kernel: Kernel, parameters: Parameters) {
    this.#header = header;
    this.#kernel = kernel;
    this.#parameters = parameters;
  }

  /**
   * The vector of a text's pieces, of length 1. A step at a time (a tenth of a millisecond or two), so that the caller can
   * let others have their turn; the workspace belongs to the text until then.
   */
  *encode(pieces: readonly number[], space: Workspace): Generator<void, Float32Array> {
    space.begin(pieces.length);
    for (const { from, rows } of steps(pieces.length)) {
      this.#look(pieces, from, rows, space);
      yield;
    }
    for (const layer of [0, 1] as const) {
      for (const { from, rows } of steps(pieces.length)) {
        this.#convolve(layer, from, rows, space);
        yield;
      }
    }
    for (const { from, rows } of steps(pieces.length)) {
      this.#sum(from, rows, space);
      yield;
    }
    return this.#conclude(pieces.length, space);
  }

  /** Rows of the table, and what each stack takes of them. */
  #look(pieces: readonly number[], from: number, rows: number, space: Workspace): void {
    const { dimensions, chunks, epsilon } = this.#header;
    const { table, tableScales, tableLows, stacks, stackGain, stackOffset } = this.#parameters;
    const features = space.features + from * space.featureBytes;
    for (let row = 0; row < rows; row++) {
      const piece = pieces[from + row] as number;
      this.#kernel.dequantise(
        table + tableRow(this.#header, piece) * dimensions,
        dimensions,
        tableScales[piece % chunks] as number,
        tableLows[piece % chunks] as number,
        features + row * space.featureBytes,
      );
    }
    this.#kernel.quantise(features, space.featureBytes, rows, dimensions, space.step.rows, space.step.scales);
    const first = space.stacks + from * space.stackBytes;
    for (const [i, { projection, projectionBias }] of stacks.entries()) {
      this.#product(space.step.rows, space.step.scales, rows, 1, projection, first + i * ROW_BYTES, space.stackBytes);
      this.#kernel.addBias(first + i * ROW_BYTES, space.stackBytes, rows, WIDTH, projectionBias);
    }
    this.#kernel.normalise(first, rows, stacks.length * WIDTH, stackGain, stackOffset, epsilon);
    this.#quantiseStacks(space.layers[0], from, rows, space);
  }

  /** One convolution of each stack; the first one's result goes into the second, and the second one's to the features. */
  #convolve(layer: 0 | 1, from: number, rows: number, space: Workspace): void {
    const { dimensions } = this.#header;
    for (const [i, { layers }] of this.#parameters.stacks.entries()) {
      const { matrix, bias } = layers[layer];
      const { window } = space.layers[layer][i] as PaddedStack;
      const inputs = window.rows + from * WIDTH * SHORT;
      this.#product(inputs, window.scales + from * FLOAT, rows, ORDERS[i] as number, matrix, space.product, ROW_BYTES);
      const before = space.stacks + from * space.stackBytes + i * ROW_BYTES;
      const feature = space.features + from * space.featureBytes + dimensions * FLOAT + i * ROW_BYTES;
      const [out, stride] = layer === 0 ? [before, space.stackBytes] : [feature, space.featureBytes];
      this.#kernel.addResidual(space.product, rows, WIDTH, bias, before, space.stackBytes, out, stride);
    }
    if (layer === 0) this.#quantiseStacks(space.layers[1], from, rows, space);
  }

  #quantiseStacks(layer: readonly PaddedStack[], from: number, rows: number, space: Workspace): void {
    for (const [i, stack] of layer.entries()) {
      this.#kernel.quantise(
        space.stacks + from * space.stackBytes + i * ROW_BYTES,
        space.stackBytes,
        rows,
        WIDTH,
        stack.rows + from * WIDTH * SHORT,
        stack.scales + from * FLOAT,
      );
    }
  }

  #sum(from: number, rows: number, space: Workspace): void {
    const { featureGain, featureOffset } = this.#parameters;
    const width = space.featureBytes / FLOAT;
    const features = space.features + from * space.featureBytes;
    this.#kernel.normalise(features, rows, width, featureGain, featureOffset, this.#header.epsilon);
    this.#kernel.sumRows(features, rows, width, space.row);
  }

  /** What follows the sum over the pieces: rows of one. */
  #conclude(pieces: number, space: Workspace): Float32Array {
    const { features, featuresBias, dense, shortCuts } = this.#parameters;
    const sum = space.floats(space.row, features.inputs);
    const mean = this.#multiply(sum, features, space).map(
      (value, i) => (value + pieces * (featuresBias[i] as number)) / Math.sqrt(pieces),
    );
    const relu = (vector: Float32Array) => vector.map((value) => Math.max(0, value));
    const first = relu(this.#multiply(mean, dense[0], space));
    const second = relu(plus(this.#multiply(mean, shortCuts[0], space), this.#multiply(first, dense[1], space)));
    const third = relu(this.#multiply(second, dense[2], space));
    const fourth = plus(this.#multiply(second, shortCuts[1], space), this.#multiply(third, dense[3], space));
    return toLengthOne(fourth.map(Math.tanh));
  }

  #multiply(vector: Float32Array, matrix: Matrix, space: Workspace): Float32Array {
    space.floats(space.row, vector.length).set(vector);
    this.#kernel.quantise(space.row, 0, 1, vector.length, space.step.rows, space.step.scales);
    this.#product(space.step.rows, space.step.scales, 1, 1, matrix, space.product, 0);
    return space.floats(space.product, matrix.outputs).slice();
  }

  #product(
    rowsAt: number,
    scales: number,
    rows: number,
    segments: number,
    { at, scale, inputs, outputs }: Matrix,
    out: number,
    outStride: number,
  ): void {
    this.#kernel.product(rowsAt, scales, rows, segments, inputs / segments, at, scale, outputs, out, outStride);
  }
}

function* steps(pieces: number): Generator<{ from: number; rows: number }> {
  for (let from = 0; from < pieces; from += ROWS_A_STEP) yield { from, rows: Math.min(ROWS_A_STEP, pieces - from) };
}

function plus(a: Float32Array, b: Float32Array): Float32Array {
  return a.map((value, i) => value + (b[i] as number));
}

function toLengthOne(vector: Float32Array): Float32Array {
  let square = 0;
  for (const value of vector) square += value * value;
  return vector.map((value) => value / Math.sqrt(square));
}
