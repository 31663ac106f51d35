import fc from "fast-check";
import { maxSim } from "./max-sim.ts";

/** By the definition: bits as +1 and -1. */
function slowly(tokens: Float32Array, codes: Uint8Array, dimensions: number): number {
  let sum = 0;
  for (let token = 0; token < tokens.length; token += dimensions) {
    let best = -1;
    for (let code = 0; code < codes.length; code += dimensions / 8) {
      let product = 0;
      for (let d = 0; d < dimensions; d++) {
        const bit = ((codes[code + (d >> 3)] as number) >> (d & 7)) & 1;
        product += (tokens[token + d] as number) * (bit === 1 ? 1 : -1);
      }
      best = Math.max(best, product);
    }
    sum += best;
  }
  return sum / (tokens.length / dimensions);
}

describe("maxSim", () => {
  it("is the mean over the query's tokens of the best token of the document", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(8, 16, 128),
        fc.integer({ min: 1, max: 5 }),
        fc.integer(),
        (dimensions, count, seed) => {
          const random = numbers(seed);
          const tokens = Float32Array.from({ length: count * dimensions }, () => (2 * random() - 1) / dimensions);
          const codes = Uint8Array.from({ length: (7 * dimensions) / 8 }, () => 256 * random());
          expect(maxSim(tokens, dimensions).score(codes)).toBeCloseTo(slowly(tokens, codes, dimensions), 5);
        },
      ),
    );
  });

  it("is 1 where each token of the query has its signs in the document, and -1 against the opposite signs", () => {
    const tokens = Float32Array.from({ length: 16 }, (_, i) => (i % 3 === 0 ? 1 : -1) / 8);
    const signs = Uint8Array.of(0b01001001, 0b10010010);
    expect(maxSim(tokens, 8).score(signs)).toBeCloseTo(1);
    expect(maxSim(tokens.subarray(0, 8), 8).score(signs.subarray(0, 1).map((byte) => ~byte))).toBeCloseTo(-1);
  });

  it("reads one document among many in an array", () => {
    const tokens = Float32Array.of(1, 1, 1, 1, 1, 1, 1, 1).map((value) => value / 8);
    const codes = Uint8Array.of(0xff, 0x0f, 0x00);
    const query = maxSim(tokens, 8);
    expect([query.score(codes, 0, 1), query.score(codes, 1, 2), query.score(codes, 1, 3)]).toEqual([1, 0, 0]);
  });

  it("is -1 where the query or the document has no token", () => {
    expect(maxSim(new Float32Array(0), 8).score(Uint8Array.of(1))).toBe(-1);
    expect(maxSim(new Float32Array(8), 8).score(new Uint8Array(0))).toBe(-1);
  });
});

/** Numbers in [0, 1) that follow from the seed. */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
