import fc from "fast-check";
import { createArena } from "./arena.ts";
import { type Arena, type Kernel, SHORTLIST_STATE_BYTES } from "./kernel.ts";

const names: Kernel["name"][] = ["javascript", "wasm-simd", "wasm-relaxed-simd"];
const arenas = names.map((kernel) => createArena({ kernel }));

type Values = Uint8Array | Int8Array | Int16Array | Uint32Array | Float32Array;

/** Runs `body` on every kernel, each with its own memory, and checks that all answer the same. */
function onEveryKernel<T>(body: (kernel: Kernel, memory: TestMemory) => T): T {
  const answers = arenas.map((arena) => {
    const memory = new TestMemory(arena);
    try {
      return body(arena.kernel, memory);
    } finally {
      memory.release();
    }
  });
  for (let i = 1; i < answers.length; i++)
    expect({ [names[i] as string]: answers[i] }).toEqual({ [names[i] as string]: answers[0] });
  return answers[0] as T;
}

class TestMemory {
  private readonly arena: Arena;
  private readonly blocks: [pointer: number, bytes: number][] = [];

  constructor(arena: Arena) {
    this.arena = arena;
  }

  block(bytes: number): number {
    const pointer = this.arena.allocate(bytes);
    this.blocks.push([pointer, bytes]);
    return pointer;
  }

  put(values: Values): number {
    const pointer = this.block(values.byteLength);
    new Uint8Array(this.arena.buffer).set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), pointer);
    return pointer;
  }

  floats(pointer: number, count: number): number[] {
    return [...new Float32Array(this.arena.buffer, pointer, count)];
  }

  words(pointer: number, count: number): number[] {
    return [...new Uint32Array(this.arena.buffer, pointer, count)];
  }

  release(): void {
    for (const [pointer, bytes] of this.blocks) this.arena.free(pointer, bytes);
  }
}

const bytes = (length: number, max = 255) =>
  fc
    .array(fc.integer({ min: 0, max }), { minLength: length, maxLength: length })
    .map((values) => Uint8Array.from(values));

const bit = (bitmap: Uint32Array | undefined, i: number) =>
  bitmap === undefined || (((bitmap[i >>> 5] as number) >>> (i & 31)) & 1) === 1;

describe("scoreInt8", () => {
  it("is the dot product times the scale, for every multiple of 8 dimensions", () => {
    const cases = fc.integer({ min: 1, max: 30 }).chain((eights) =>
      fc.record({
        dimensions: fc.constant(eights * 8),
        rows: bytes(eights * 8 * 5).map((values) => new Int8Array(values.buffer)),
        query: fc
          .array(fc.integer({ min: -4_095, max: 4_095 }), { minLength: eights * 8, maxLength: eights * 8 })
          .map((values) => Int16Array.from(values)),
        scales: fc.array(fc.float({ noNaN: true, min: 0, max: 1 }), { minLength: 5, maxLength: 5 }),
        slots: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 8 }),
        offset: fc.constantFrom(0, 64, 16_384),
      }),
    );
    fc.assert(
      fc.property(cases, ({ dimensions, rows, query, scales, slots, offset }) => {
        const scores = onEveryKernel((kernel, memory) => {
          const out = memory.block(slots.length * 4);
          kernel.scoreInt8(
            memory.put(rows),
            memory.put(Float32Array.from(scales)),
            dimensions,
            memory.put(query),
            memory.put(Uint32Array.from(slots, (slot) => slot + offset)),
            offset,
            slots.length,
            out,
          );
          return memory.floats(out, slots.length);
        });
        const expected = slots.map((slot) => {
          let dot = 0;
          for (let d = 0; d < dimensions; d++) dot += (rows[slot * dimensions + d] as number) * (query[d] as number);
          return Math.fround(Math.fround(dot) * Math.fround(scales[slot] as number));
        });
        expect(scores).toEqual(expected);
      }),
    );
  });

  it("does not overflow at 4,096 dimensions", () => {
    const [score] = onEveryKernel((kernel, memory) => {
      const out = memory.block(4);
      const rows = memory.put(new Int8Array(4_096).fill(127));
      const query = memory.put(new Int16Array(4_096).fill(4_095));
      kernel.scoreInt8(rows, memory.put(Float32Array.of(1)), 4_096, query, memory.put(Uint32Array.of(0)), 0, 1, out);
      return memory.floats(out, 1);
    });
    expect(score).toBe(Math.fround(4_096 * 127 * 4_095));
  });
});

describe("maxSim", () => {
  it("sums over the query's tokens the best of each document's tokens", () => {
    const cases = fc.integer({ min: 1, max: 9 }).chain((codeBytes) =>
      fc.record({
        codeBytes: fc.constant(codeBytes),
        blocks: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 5 }),
        codes: bytes(codeBytes * 16 * 3 * 5),
        lookup: bytes(codeBytes * 32 * 3, 63),
        queryTokens: fc.integer({ min: 1, max: 3 }),
      }),
    );
    fc.assert(
      fc.property(cases, ({ codeBytes, blocks, codes, lookup, queryTokens }) => {
        const place = (i: number) => i * codeBytes * 16 * 3;
        const sums = onEveryKernel((kernel, memory) => {
          const at = memory.put(codes);
          const documents = memory.put(Uint32Array.from(blocks.flatMap((count, i) => [at + place(i), count])));
          const out = memory.block(blocks.length * 4);
          kernel.maxSim(documents, blocks.length, codeBytes, memory.put(lookup), queryTokens, out);
          return memory.words(out, blocks.length);
        });
        const value = (table: number, byte: number, code: number) =>
          (lookup[(table * codeBytes + byte) * 32 + (code & 15)] as number) +
          (lookup[(table * codeBytes + byte) * 32 + 16 + (code >>> 4)] as number);
        const expected = blocks.map((count, i) => {
          let sum = 0;
          for (let token = 0; token < queryTokens; token++) {
            let best = 0;
            for (let lane = 0; lane < count * 16; lane++) {
              const first = place(i) + Math.floor(lane / 16) * codeBytes * 16 + (lane % 16);
              let score = 0;
              for (let byte = 0; byte < codeBytes; byte++)
                score += value(token, byte, codes[first + byte * 16] as number);
              best = Math.max(best, score);
            }
            sum += best;
          }
          return sum;
        });
        expect(sums).toEqual(expected);
      }),
    );
  });
});

describe("shortlist", () => {
  interface Case {
    codeBytes: number;
    /** By document, then byte. */
    codes: Uint8Array;
    count: number;
    lookup: Uint8Array;
    live: Uint32Array | undefined;
    wanted: number;
    capacity: number;
    /** Documents in the first part. */
    split: number;
  }

  /** Byte-transposed blocks of 32. */
  function interleave({ codes, codeBytes, count }: Case, from: number, to: number): Uint8Array {
    const blocks = new Uint8Array(Math.ceil((to - from) / 32) * 32 * codeBytes).fill(0xa5);
    for (let i = from; i < Math.min(to, count); i++) {
      const local = i - from;
      for (let j = 0; j < codeBytes; j++) {
        blocks[(local >>> 5) * 32 * codeBytes + j * 32 + (local & 31)] = codes[i * codeBytes + j] as number;
      }
    }
    return blocks;
  }

  function shortlist(testCase: Case): number[] {
    const { codeBytes, count, lookup, live, wanted, capacity, split } = testCase;
    return onEveryKernel((kernel, memory) => {
      const state = memory.block(SHORTLIST_STATE_BYTES);
      const buffer = memory.block(capacity * 8);
      const slots = memory.block(capacity * 4);
      const table = memory.put(lookup);
      const bits = live === undefined ? 0 : memory.put(live);
      kernel.shortlistBegin(state, wanted, capacity);
      for (const [from, to] of [
        [0, Math.min(split, count)],
        [split, count],
      ] as const) {
        if (from >= to) continue;
        const part = memory.put(interleave(testCase, from, to));
        kernel.shortlistScan(part, to - from, codeBytes, table, bits === 0 ? 0 : bits + from / 8, state, buffer, from);
      }
      return memory.words(slots, kernel.shortlistEnd(state, buffer, slots));
    });
  }

  function scoreOf({ codes, codeBytes, lookup }: Case, slot: number): number {
    let score = 0;
    for (let j = 0; j < codeBytes; j++) {
      const code = codes[slot * codeBytes + j] as number;
      score += (lookup[j * 32 + (code & 15)] as number) + (lookup[j * 32 + 16 + (code >> 4)] as number);
    }
    return score;
  }

  const cases = (entry: number, alphabet: number) =>
    fc
      .record({ codeBytes: fc.integer({ min: 1, max: 9 }), count: fc.integer({ min: 1, max: 200 }) })
      .chain(({ codeBytes, count }) =>
        fc.record({
          codeBytes: fc.constant(codeBytes),
          count: fc.constant(count),
          codes: bytes(codeBytes * count, alphabet),
          lookup: bytes(codeBytes * 32, entry),
          live: fc.option(
            fc
              .array(fc.integer({ min: 0, max: 0xffffffff }), { minLength: 8, maxLength: 8 })
              .map((w) => Uint32Array.from(w)),
            { nil: undefined },
          ),
          wanted: fc.integer({ min: 1, max: 40 }),
          capacity: fc.constantFrom(80, 100, 512),
          split: fc.constantFrom(32, 64, 256),
        }),
      );

  it("keeps exactly the live documents down to the step on which the wanted number is reached", () => {
    fc.assert(
      fc.property(cases(63, 255), (generated) => {
        const testCase = { ...generated, capacity: 512 };
        const live = Array.from({ length: testCase.count }, (_, slot) => slot).filter((slot) =>
          bit(testCase.live, slot),
        );
        const steps = live.map((slot) => scoreOf(testCase, slot) >> 3).sort((a, b) => b - a);
        const lowest = steps[testCase.wanted - 1] ?? 0;
        expect(shortlist(testCase)).toEqual(live.filter((slot) => scoreOf(testCase, slot) >> 3 >= lowest));
      }),
    );
  });

  it("stays within its capacity, in order and with the best, when many documents tie", () => {
    fc.assert(
      fc.property(cases(20, 1), (testCase) => {
        const live = Array.from({ length: testCase.count }, (_, slot) => slot).filter((slot) =>
          bit(testCase.live, slot),
        );
        const kept = shortlist(testCase);
        expect(kept.length).toBeLessThanOrEqual(testCase.capacity);
        expect(kept.length).toBeGreaterThanOrEqual(Math.min(testCase.wanted, live.length));
        expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
        const inKept = new Set(kept);
        const lowestKept = Math.min(...kept.map((slot) => scoreOf(testCase, slot) >> 3));
        for (const slot of live) {
          if (!inKept.has(slot)) expect(scoreOf(testCase, slot) >> 3).toBeLessThanOrEqual(lowestKept);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("keeps the first of thousands of equal documents, and any better one behind them", () => {
    const count = 5_000;
    const codes = new Uint8Array(count);
    codes[4_321] = 1;
    const lookup = new Uint8Array(32);
    lookup[1] = 63;
    const kept = shortlist({
      codeBytes: 1,
      codes,
      count,
      lookup,
      live: undefined,
      wanted: 10,
      capacity: 64,
      split: 4_096,
    });
    expect(kept.slice(0, 9)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(kept).toContain(4_321);
    expect(kept.length).toBeLessThanOrEqual(64);
  });

  it("adds up the largest sums without overflow", () => {
    const codeBytes = 260;
    const codes = new Uint8Array(64 * codeBytes);
    codes.fill(0xff, 40 * codeBytes, 41 * codeBytes);
    const lookup = new Uint8Array(32 * codeBytes);
    for (let i = 15; i < lookup.length; i += 16) lookup[i] = 63;
    const testCase = { codeBytes, codes, count: 64, lookup, live: undefined, wanted: 1, capacity: 64, split: 64 };
    expect(scoreOf(testCase, 40)).toBe(32_760);
    expect(shortlist(testCase)).toEqual([40]);
  });
});

describe("addPostings", () => {
  it("adds the BM25 weight of each posting", () => {
    const postings = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 1, max: 63 })), {
      selector: ([slot]) => slot,
    });
    const norm = fc.float({ noNaN: true, min: Math.fround(0.1), max: 10 });
    const norms = fc.array(norm, { minLength: 256, maxLength: 256 });
    fc.assert(
      fc.property(
        postings,
        bytes(100),
        norms,
        fc.double({ noNaN: true, min: 0, max: 12 }),
        (list, classes, norms, weight) => {
          const sums = onEveryKernel((kernel, memory) => {
            const accumulator = memory.put(new Float32Array(100).fill(0.5));
            const packed = Uint32Array.from(list, ([slot, tf]) => ((slot << 6) | tf) >>> 0);
            const table = memory.put(Float32Array.from(norms));
            kernel.addPostings(memory.put(packed), list.length, accumulator, memory.put(classes), table, weight);
            return memory.floats(accumulator, 100);
          });
          const frequencies = new Map(list);
          sums.forEach((sum, slot) => {
            const tf = frequencies.get(slot) ?? 0;
            expect(sum).toBeCloseTo(0.5 + (weight * tf) / (tf + (norms[classes[slot] as number] as number)), 5);
          });
        },
      ),
    );
  });

  it("reads slots up to 2^26 - 1 as unsigned", () => {
    const slot = 2 ** 25; // its posting has the top bit set
    const [sum] = onEveryKernel((kernel, memory) => {
      const accumulator = memory.block((slot + 1) * 4);
      const classes = memory.block(slot + 1);
      const posting = memory.put(Uint32Array.of(((slot << 6) | 1) >>> 0));
      kernel.addPostings(posting, 1, accumulator, classes, memory.put(new Float32Array(256).fill(1)), 4);
      return memory.floats(accumulator + slot * 4, 1);
    });
    expect(sum).toBe(2);
  });
});

describe("topScores", () => {
  const cases = fc.integer({ min: 0, max: 150 }).chain((count) =>
    fc.record({
      // Few distinct values, so that there are ties, zeros and negative ones.
      scores: fc.array(fc.integer({ min: -2, max: 12 }), { minLength: count, maxLength: count }),
      live: fc.option(
        fc
          .array(fc.integer({ min: 0, max: 0xffffffff }), { minLength: 5, maxLength: 5 })
          .map((words) => Uint32Array.from(words)),
        { nil: undefined },
      ),
      k: fc.integer({ min: 0, max: 40 }),
    }),
  );

  it("answers the best above 0 that are live, ties by position", () => {
    fc.assert(
      fc.property(cases, ({ scores, live, k }) => {
        const answer = onEveryKernel((kernel, memory) => {
          // One more score behind the last is none of its business.
          const pointer = memory.put(Float32Array.from([...scores, 99]));
          const outScores = memory.block(k * 4);
          const outPositions = memory.block(k * 4);
          const bits = live === undefined ? 0 : memory.put(live);
          const found = kernel.topScores(pointer, scores.length, bits, k, outScores, outPositions);
          return {
            scores: memory.floats(outScores, found),
            positions: memory.words(outPositions, found),
            left: memory.floats(pointer, scores.length + 1),
          };
        });
        const expected = scores
          .map((score, position) => ({ score, position }))
          .filter(({ score, position }) => score > 0 && bit(live, position))
          .sort((a, b) => b.score - a.score || a.position - b.position)
          .slice(0, k);
        expect(answer.scores).toEqual(expected.map(({ score }) => score));
        expect(answer.positions).toEqual(expected.map(({ position }) => position));
        expect(answer.left).toEqual([...scores, 99]);
      }),
      { numRuns: 500 },
    );
  });
});
