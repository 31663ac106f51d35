import fc from "fast-check";
import { takeAll } from "../../steps.ts";
import { maxSim } from "../embedding/index.ts";
import { createArena } from "../kernel/index.ts";
import { TokenStore } from "./token-store.ts";

/** Numbers in [0, 1) that follow from the seed. */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const codesOf = (random: () => number, tokens: number, dimensions: number) =>
  Uint8Array.from({ length: (tokens * dimensions) / 8 }, () => 256 * random());
/** Of length 1, scaled as `TokenQuery` says. */
function queryOf(random: () => number, tokens: number, dimensions: number): Float32Array {
  const query = new Float32Array(tokens * dimensions);
  for (let at = 0; at < query.length; at += dimensions) {
    const token = Array.from({ length: dimensions }, () => random() - 0.5);
    const length = Math.hypot(...token) * Math.sqrt(dimensions);
    query.set(
      token.map((value) => value / length),
      at,
    );
  }
  return query;
}

describe.each(["javascript", "wasm-simd", "wasm-relaxed-simd"] as const)("token states, kernel %s", (kernel) => {
  const arena = createArena({ kernel });

  it("score as maxSim does", () => {
    const cases = fc.record({
      dimensions: fc.constantFrom(8, 24, 128, 256),
      lengths: fc.array(fc.integer({ min: 0, max: 70 }), { maxLength: 8 }),
      queryTokens: fc.integer({ min: 1, max: 9 }),
      seed: fc.integer(),
    });
    fc.assert(
      fc.property(cases, ({ dimensions, lengths, queryTokens, seed }) => {
        const random = numbers(seed);
        const store = new TokenStore(arena, dimensions);
        const codes = lengths.map((tokens) => codesOf(random, tokens, dimensions));
        for (const [slot, own] of codes.entries()) store.set(slot, own);
        const tokens = queryOf(random, queryTokens, dimensions);
        const expected = maxSim(tokens, dimensions);
        const scores = store.score(tokens, Uint32Array.from(codes.keys()));
        for (const [slot, own] of codes.entries()) {
          if (own.length === 0) expect(scores[slot]).toBeNaN();
          else expect(Math.abs((scores[slot] as number) - expected.score(own))).toBeLessThan(0.02);
        }
        store.dispose();
      }),
      { numRuns: 60 },
    );
  });

  it("of many documents are scored in one go, in the order of the slots", () => {
    const random = numbers(1);
    const store = new TokenStore(arena, 128);
    for (let slot = 0; slot < 3_000; slot++) if (slot % 7 !== 0) store.set(slot, codesOf(random, 1 + (slot % 40), 128));
    const tokens = queryOf(random, 5, 128);
    const slots = Uint32Array.from({ length: 3_000 }, (_, i) => 2_999 - i);
    const scores = store.score(tokens, slots);
    const { score } = maxSim(tokens, 128);
    for (const i of [0, 1, 5, 1_023, 1_024, 1_700, 2_998, 2_999]) {
      const own = store.get(slots[i] as number);
      if (own === undefined) expect(scores[i]).toBeNaN();
      else expect(Math.abs((scores[i] as number) - score(own))).toBeLessThan(0.005);
    }
    expect(store.score(tokens, slots, 2)).toHaveLength(2);
    store.dispose();
  });

  it("of nothing, and of zeros, score nothing", () => {
    const store = new TokenStore(arena, 16);
    store.set(3, Uint8Array.of(1, 2));
    expect([...store.score(new Float32Array(0), Uint32Array.of(3))]).toEqual([Number.NaN]);
    expect([...store.score(new Float32Array(16), Uint32Array.of(3, 4))]).toEqual([0, Number.NaN]);
    store.dispose();
  });
});

describe("a token store", () => {
  const arena = createArena();

  it("gives back what was set, replaces and forgets it, and its memory with it", () => {
    const before = arena.allocatedBytes;
    const store = new TokenStore(arena, 128);
    const random = numbers(2);
    const [first, second] = [codesOf(random, 3, 128), codesOf(random, 40, 128)];
    store.set(5, first);
    expect(store.get(5)).toEqual(first);
    expect(store.bytes).toBe(16 * 16);
    store.set(5, second);
    store.set(0, first);
    expect(store.get(5)).toEqual(second);
    expect(store.get(1)).toBeUndefined();
    store.clear(5);
    expect(store.has(5)).toBe(false);
    expect(store.get(0)).toEqual(first);
    store.set(0, new Uint8Array(0));
    expect(store.has(0)).toBe(false);
    expect(store.bytes).toBe(0);
    store.dispose();
    expect(arena.allocatedBytes).toBe(before);
  });

  it("numbers its slots anew", () => {
    const store = new TokenStore(arena, 8);
    for (const slot of [0, 1, 2, 3]) store.set(slot, Uint8Array.of(slot, slot + 10));
    const compacted = takeAll(store.compacted(Int32Array.of(-1, 0, -1, 1)));
    expect([compacted.get(0), compacted.get(1), compacted.get(2)]).toEqual([
      Uint8Array.of(1, 11),
      Uint8Array.of(3, 13),
      undefined,
    ]);
  });

  it("refuses dimensions and codes that do not fit", () => {
    expect(() => new TokenStore(arena, 12)).toThrow(expect.objectContaining({ code: "argument.invalid" }));
    expect(() => new TokenStore(arena, 128).set(0, new Uint8Array(17))).toThrow("17 bytes are no whole tokens");
  });
});
