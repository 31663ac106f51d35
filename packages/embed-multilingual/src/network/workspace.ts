import { BEFORE, ORDERS, WIDTH } from "./shape.ts";

/** Rows that one step works on. */
export const ROWS_A_STEP = 16;

const FLOAT = 4;
const SHORT = 2;
const PAGE = 65_536;
const ALIGNMENT = 16;

/** Whole numbers of rows with a scale each, as `product` of the kernel takes them. */
export interface Quantised {
  rows: number;
  scales: number;
}

/** The rows of one stack, quantised, with empty ones before and after them: what a convolution sees outside the text. */
export interface PaddedStack {
  /** Row 0 of the text. */
  rows: number;
  scales: number;
  /** How many empty rows stand behind those of the text. */
  after: number;
  /** First row that a convolution at row 0 sees. */
  window: Quantised;
}

/** Room in the memory for one text of up to `most` pieces. */
export class Workspace {
  readonly most: number;
  /** A piece's row of the table, then what the three stacks made of it: floats. */
  readonly features: number;
  readonly featureBytes: number;
  /** The rows of the three stacks side by side: floats. */
  readonly stacks: number;
  readonly stackBytes = ORDERS.length * WIDTH * FLOAT;
  /** What goes into the first and the second convolution of each stack. */
  readonly layers: readonly [readonly PaddedStack[], readonly PaddedStack[]];
  /** A step's rows, quantised; also for what follows the sum over the text. */
  readonly step: Quantised;
  /** A step's products: floats. */
  readonly product: number;
  /** A row of features: the sum over the text, and what goes into a dense layer. */
  readonly row: number;
  readonly #memory: WebAssembly.Memory;
  #end: number;

  /** Takes new pages of the memory. */
  constructor(memory: WebAssembly.Memory, most: number, dimensions: number) {
    this.most = most;
    this.#memory = memory;
    const start = memory.buffer.byteLength;
    this.#end = start;
    const width = dimensions + ORDERS.length * WIDTH;
    this.featureBytes = width * FLOAT;
    this.features = this.#take(most * this.featureBytes);
    this.stacks = this.#take(most * this.stackBytes);
    this.layers = [this.#padded(), this.#padded()];
    this.step = { rows: this.#take(ROWS_A_STEP * width * SHORT), scales: this.#take(ROWS_A_STEP * FLOAT) };
    this.product = this.#take(ROWS_A_STEP * Math.max(WIDTH, dimensions) * FLOAT);
    this.row = this.#take(width * FLOAT);
    memory.grow(Math.ceil((this.#end - start) / PAGE));
  }

  /** Makes room for a text of so many pieces: empties what one before it left behind its end, and the sum. */
  begin(pieces: number): void {
    for (const layer of this.layers)
      for (const { scales, after } of layer) this.floats(scales + pieces * FLOAT, after).fill(0);
    this.floats(this.row, this.featureBytes / FLOAT).fill(0);
  }

  /** Views of the memory, good until it grows. */
  floats(at: number, length: number): Float32Array {
    return new Float32Array(this.#memory.buffer, at, length);
  }

  #padded(): PaddedStack[] {
    return ORDERS.map((order, stack) => {
      const before = BEFORE[stack] as number;
      const rows = this.#take((this.most + order - 1) * WIDTH * SHORT);
      const scales = this.#take((this.most + order - 1) * FLOAT);
      return {
        rows: rows + before * WIDTH * SHORT,
        scales: scales + before * FLOAT,
        after: order - 1 - before,
        window: { rows, scales },
      };
    });
  }

  #take(bytes: number): number {
    const at = this.#end;
    this.#end += Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    return at;
  }
}
