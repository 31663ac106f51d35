import { messageOf, modelUnsupported } from "../multilingual-model-error.ts";
import { kernelBase64 } from "./generated/kernel.ts";

/**
 * The arithmetic of the network, on a linear memory. Pointers are byte offsets into it; strides are in bytes. Rows of
 * floats stand one behind the other unless a stride is given, and are a multiple of 8 long. Written in AssemblyScript
 * (`kernel/`).
 */
export interface Kernel {
  /** `out[i] = row[i] * scale + low` for `length` bytes. */
  dequantise(row: number, length: number, scale: number, low: number, out: number): void;
  /** Rows of `length` floats as int16, each with the scale by which its whole numbers are multiplied. */
  quantise(a: number, stride: number, rows: number, length: number, out: number, scales: number): void;
  /**
   * `out[row] = the sum over segments of scales[row + segment] * scale * (a[row + segment] x matrix)`, `rows` x `columns`
   * floats. `a`: rows of `length` int16. The matrix is int8, in `segments` parts of `length` inputs, packed as
   * `scripts/pack-model.mjs` says. With several segments a row is multiplied together with those that follow it: a
   * convolution.
   */
  product(
    a: number,
    scales: number,
    rows: number,
    segments: number,
    length: number,
    matrix: number,
    scale: number,
    columns: number,
    out: number,
    outStride: number,
  ): void;
  /** Adds the bias to each row. */
  addBias(a: number, stride: number, rows: number, length: number, bias: number): void;
  /** `out = max(0, a + bias) + before`, row by row. */
  addResidual(
    a: number,
    rows: number,
    length: number,
    bias: number,
    before: number,
    beforeStride: number,
    out: number,
    outStride: number,
  ): void;
  /** Layer norm of each row, in place. */
  normalise(a: number, rows: number, length: number, gain: number, offset: number, epsilon: number): void;
  /** Adds the rows to `out`. */
  sumRows(a: number, rows: number, length: number, out: number): void;
}

const PAGE = 65_536;
/** Half a gigabyte: the model, and texts of the most pieces. Some browsers refuse more. */
const MOST_PAGES = 8_192;

/** A memory of so many bytes and more. Throws a `MultilingualModelError` where there is no WebAssembly, or no room. */
export function createMemory(bytes: number): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE), maximum: MOST_PAGES });
  } catch (cause) {
    throw modelUnsupported(messageOf(cause), cause);
  }
}

let compiled: Promise<WebAssembly.Module> | undefined;

/** The kernel on this memory. Throws a `MultilingualModelError` where WebAssembly with SIMD does not run. */
export async function createKernel(memory: WebAssembly.Memory): Promise<Kernel> {
  try {
    compiled ??= WebAssembly.compile(Uint8Array.from(atob(kernelBase64), (character) => character.charCodeAt(0)));
    const { exports } = await WebAssembly.instantiate(await compiled, { env: { memory } });
    return exports as unknown as Kernel;
  } catch (cause) {
    compiled = undefined;
    throw modelUnsupported(messageOf(cause), cause);
  }
}
