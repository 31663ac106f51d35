import { jest } from "@jest/globals";
import fc from "fast-check";
import { createKernel, createMemory, type Kernel } from "./kernel.ts";

const memory = new WebAssembly.Memory({ initial: 16 });
const floats = (at: number, values: readonly number[]) =>
  new Float32Array(memory.buffer, at, values.length).set(values);
const read = (at: number, length: number) => [...new Float32Array(memory.buffer, at, length)];
let kernel: Kernel;
beforeAll(async () => {
  kernel = await createKernel(memory);
});

/** Inputs x outputs, row-major, in the order of the kernel (see scripts/pack-model.mjs). */
function packed(matrix: readonly (readonly number[])[]): number[] {
  const [inputs, outputs] = [matrix.length, matrix[0]?.length ?? 0];
  const bytes: number[] = [];
  for (let block = 0; block < outputs; block += 8)
    for (let input = 0; input < inputs; input += 2)
      for (let column = block; column < block + 8; column++)
        bytes.push(matrix[input]?.[column] ?? 0, matrix[input + 1]?.[column] ?? 0);
  return bytes;
}

describe("where it cannot run", () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it("says what it needs", () => {
    jest.replaceProperty(globalThis, "WebAssembly", undefined as unknown as typeof WebAssembly);
    expect(() => createMemory(1_000)).toThrow(
      expect.objectContaining({
        code: "embedding.model_unsupported",
        message: expect.stringContaining("It needs WebAssembly with SIMD"),
      }),
    );
  });

  it("says that there is no room", () => {
    expect(() => createMemory(2 ** 40)).toThrow(expect.objectContaining({ code: "embedding.model_unsupported" }));
  });
});

const int8 = fc.integer({ min: -127, max: 127 });
const int16 = fc.integer({ min: -13_000, max: 13_000 });
const value = fc.float({ min: -50, max: 50, noNaN: true });

describe("the kernel", () => {
  it("multiplies rows by a matrix, over windows of rows, each with its scale", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(1, 2, 3, 5),
        fc.constantFrom(8, 16, 24),
        fc.constantFrom(8, 16),
        fc.infiniteStream(int8),
        fc.infiniteStream(int16),
        (rows, segments, length, columns, weights, inputs) => {
          const a = Array.from({ length: rows + segments - 1 }, () => [...inputs.take(length)]);
          const matrix = Array.from({ length: segments * length }, () => [...weights.take(columns)]);
          const scales = a.map((_, i) => 0.001 * (i + 1));
          const [rowsAt, scalesAt, matrixAt, out] = [64, 65_536, 131_072, 262_144];
          new Int16Array(memory.buffer, rowsAt, a.length * length).set(a.flat());
          floats(scalesAt, scales);
          new Int8Array(memory.buffer, matrixAt, matrix.length * columns).set(packed(matrix));
          const stride = 4 * (columns + 8);
          floats(
            out,
            Array.from({ length: (rows * stride) / 4 }, () => 7),
          );
          kernel.product(rowsAt, scalesAt, rows, segments, length, matrixAt, 0.01, columns, out, stride);
          for (let row = 0; row < rows; row++) {
            const actual = read(out + row * stride, columns + 8);
            for (let column = 0; column < columns; column++) {
              let expected = 0;
              for (let segment = 0; segment < segments; segment++) {
                for (let i = 0; i < length; i++)
                  expected +=
                    (a[row + segment]?.[i] ?? 0) *
                    (scales[row + segment] ?? 0) *
                    (matrix[segment * length + i]?.[column] ?? 0) *
                    0.01;
              }
              expect(Math.abs((actual[column] ?? 0) - expected)).toBeLessThanOrEqual(0.01 + 1e-5 * Math.abs(expected));
            }
            expect(actual.slice(columns)).toEqual(Array.from({ length: 8 }, () => 7));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("does not overflow at the largest values of the longest rows", () => {
    const length = 1_280;
    new Int16Array(memory.buffer, 64, length).fill(13_000);
    floats(65_536, [1]);
    new Int8Array(memory.buffer, 131_072, length * 8).fill(-127);
    kernel.product(64, 65_536, 1, 1, length, 131_072, 1, 8, 262_144, 32);
    expect(read(262_144, 8)).toEqual(Array.from({ length: 8 }, () => Math.fround(-13_000 * 127 * length)));
  });

  it("gives back what it quantised, to a part in 26,000 of the largest", () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 16, maxLength: 16 }), (row) => {
        floats(64, row);
        kernel.quantise(64, 0, 1, 16, 4_096, 8_192);
        const [scale = 0] = read(8_192, 1);
        const largest = Math.max(...row.map(Math.abs));
        [...new Int16Array(memory.buffer, 4_096, 16)].forEach((whole, i) => {
          expect(Math.abs(whole * scale - (row[i] ?? 0))).toBeLessThanOrEqual(largest / 25_900);
        });
      }),
    );
  });

  it("quantises a row of zeros as zeros", () => {
    floats(
      64,
      Array.from({ length: 8 }, () => 0),
    );
    kernel.quantise(64, 0, 1, 8, 4_096, 8_192);
    expect(read(8_192, 1)).toEqual([0]);
    expect([...new Int16Array(memory.buffer, 4_096, 8)]).toEqual(Array.from({ length: 8 }, () => 0));
  });

  it("reads bytes as numbers of a scale and a lowest value", () => {
    new Uint8Array(memory.buffer, 64, 16).set(Array.from({ length: 16 }, (_, i) => i * 17));
    kernel.dequantise(64, 16, 0.5, -3, 4_096);
    expect(read(4_096, 16)).toEqual(Array.from({ length: 16 }, (_, i) => i * 8.5 - 3));
  });

  it("brings rows to a mean of 0 and a variance of 1, then gives each place its gain and offset", () => {
    floats(64, [1, 2, 3, 4, 5, 6, 7, 8, 10, 10, 10, 10, 30, 30, 30, 30]);
    floats(4_096, [1, 1, 1, 1, 1, 1, 1, 2]);
    floats(8_192, [0, 0, 0, 0, 0, 0, 0, 1]);
    kernel.normalise(64, 2, 8, 4_096, 8_192, 0);
    const deviation = Math.sqrt(5.25);
    const expected = [-3.5, -2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 3.5].map((from) => from / deviation);
    expected[7] = 2 * (expected[7] ?? 0) + 1;
    for (const [i, number] of read(64, 8).entries()) expect(number).toBeCloseTo(expected[i] ?? 0, 5);
    expect(read(96, 8).map((number) => Math.round(number * 1e4) / 1e4)).toEqual([-1, -1, -1, -1, 1, 1, 1, 3]);
  });

  it("adds a bias, a residual and rows", () => {
    const eight = (first: number) => Array.from({ length: 8 }, (_, i) => first + i);
    floats(64, [...eight(-4), ...eight(0)]);
    floats(4_096, eight(1));
    kernel.addBias(64, 32, 2, 8, 4_096);
    expect(read(64, 16)).toEqual([...[-3, -1, 1, 3, 5, 7, 9, 11], ...[1, 3, 5, 7, 9, 11, 13, 15]]);
    floats(8_192, [...eight(100), ...eight(200)]);
    kernel.addResidual(64, 2, 8, 4_096, 8_192, 32, 12_288, 32);
    expect(read(12_288, 3)).toEqual([100, 101 + 1, 102 + 4]);
    floats(16_384, eight(0));
    kernel.sumRows(12_288, 2, 8, 16_384);
    expect(read(16_384, 2)).toEqual([0 + 100 + 202, 1 + 102 + 206]);
  });
});
