import fc from "fast-check";
import { takeAll } from "../../steps.ts";
import { analyze } from "../analysis/analyze.ts";
import { analyzeQuery } from "../analysis/analyze-query.ts";
import { Bitmap } from "../bytes/bitmap.ts";
import { createArena } from "../kernel/arena.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { InvertedIndex } from "./inverted-index.ts";
import { classOfLength, lengthOfClass } from "./length-class.ts";
import { PRIOR_DOCUMENTS, poolStatistics } from "./statistics.ts";

const kernels: Kernel["name"][] = ["javascript", "wasm-simd"];

/** BM25 by the book, over all texts at once. */
function naiveScores(texts: ReadonlyMap<number, string>, query: string, k1 = 0.9, b = 0.4): Map<number, number> {
  const documents = Array.from(texts, ([slot, text]) => {
    const terms = analyze(text);
    return { slot, terms: terms.map((term) => term.text), length: terms.filter((term) => !term.stopWord).length };
  });
  const average = documents.reduce((sum, { length }) => sum + length, 0) / documents.length || 1;
  const scores = new Map<number, number>();
  for (const { term, weight } of analyzeQuery(query)) {
    const frequency = documents.filter(({ terms }) => terms.includes(term)).length;
    const idf = Math.log(1 + (documents.length + PRIOR_DOCUMENTS - frequency + 0.5) / (frequency + 0.5));
    for (const { slot, terms, length } of documents) {
      const tf = Math.min(63, terms.filter((other) => other === term).length);
      if (tf === 0) continue;
      const rounded = lengthOfClass[classOfLength(length)] as number;
      const score = (weight * idf * tf * (k1 + 1)) / (tf + k1 * (1 - b + (b * rounded) / average));
      scores.set(slot, (scores.get(slot) ?? 0) + score);
    }
  }
  return scores;
}

/** The best slots for a query, copied. */
function searched(index: InvertedIndex, query: string, wanted: number, live?: Bitmap) {
  const scores = index.open(analyzeQuery(query));
  try {
    const { count, slots, scores: best } = scores.best(wanted, live);
    return { count, slots: slots.slice(), scores: best.slice() };
  } finally {
    scores.close();
  }
}

/** Scores are sums of single-precision numbers. */
const ROUNDING = 5e-5;

/** An index together with what it should hold. */
class Checked {
  index: InvertedIndex;
  texts = new Map<number, string>();
  live = new Bitmap();

  constructor(kernel: Kernel["name"]) {
    this.index = new InvertedIndex(createArena({ kernel }));
  }

  add(text: string) {
    const slot = this.index.slotCount;
    this.index.add(slot, text);
    this.texts.set(slot, text);
    this.live.set(slot);
  }

  remove(slot: number) {
    this.index.remove(slot, this.texts.get(slot) as string);
    this.texts.delete(slot);
    this.live.clear(slot);
  }

  compact() {
    const newSlotOf = new Int32Array(this.index.slotCount).fill(-1);
    const kept = [...this.texts];
    kept.forEach(([slot], next) => {
      newSlotOf[slot] = next;
    });
    takeAll(this.index.compact(newSlotOf))();
    this.texts = new Map(kept.map(([, text], next) => [next, text]));
    this.live = Bitmap.full(kept.length);
  }

  restore(kernel: Kernel["name"]) {
    const bytes = takeAll(this.index.toBytes());
    this.index.dispose();
    this.index = takeAll(InvertedIndex.fromBytes(createArena({ kernel }), bytes));
  }

  check(query: string, wanted: number) {
    const expected = naiveScores(this.texts, query);
    const terms = analyzeQuery(query);
    const found = searched(this.index, query, wanted, this.live);
    const best = [...expected.values()].sort((x, y) => y - x).slice(0, wanted);
    expect(found.count).toBe(best.length);
    for (let i = 0; i < found.count; i++) {
      expect(Math.abs((found.scores[i] as number) - (best[i] as number))).toBeLessThan(ROUNDING);
      expect(Math.abs((found.scores[i] as number) - (expected.get(found.slots[i] as number) as number))).toBeLessThan(
        ROUNDING,
      );
    }
    expect(this.index.score(terms, found.slots, found.count)).toEqual(found.scores);
    const slots = Uint32Array.from(this.texts.keys());
    const scored = this.index.score(terms, slots, slots.length);
    const scores = this.index.open(terms);
    const read = new Float32Array(slots.length);
    scores.read(slots, 0, slots.length, read);
    scores.close();
    expect(read).toEqual(scored);
    slots.forEach((slot, i) => {
      expect(Math.abs((scored[i] as number) - (expected.get(slot) ?? 0))).toBeLessThan(ROUNDING);
    });
    const attainable = this.index.attainable(terms).all;
    for (const score of best) expect(score).toBeLessThanOrEqual(attainable + 1e-6);
  }
}

const word = fc.constantFrom(
  ..."parking refund gate x200 the of sku-4471-b 49.99 open opening opened createIndex 駐車場 who".split(" "),
);
const text = fc.array(word, { maxLength: 90 }).map((words) => words.join(" "));
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("add" as const), text }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("upsert" as const), text, pick: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("remove" as const), pick: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("compact" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("restore" as const) }) },
);

describe.each(kernels)("InvertedIndex on the %s kernel", (kernel) => {
  it("keeps its words apart from another's that numbers the same ones otherwise", () => {
    const [first, second] = [new Checked(kernel), new Checked(kernel)];
    for (const [a, b] of [
      ["red car", "fast red bicycle"],
      ["slow car", "car"],
      ["bicycle", "slow red car"],
    ] as const) {
      first.add(a);
      second.add(b);
    }
    for (const query of ["red", "car", "bicycle", "slow", "fast"]) {
      first.check(query, 3);
      second.check(query, 3);
    }
  });

  it("scores like BM25 by the book after any adds, upserts, removes, compactions and restores", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), fc.array(word, { minLength: 1, maxLength: 5 }), (steps, query) => {
        const checked = new Checked(kernel);
        for (const action of steps) {
          const slots = [...checked.texts.keys()];
          if (action.do === "compact") checked.compact();
          else if (action.do === "restore") checked.restore(kernel);
          else {
            if (action.do !== "add" && slots.length > 0) checked.remove(slots[action.pick % slots.length] as number);
            if (action.do !== "remove") checked.add(action.text);
          }
        }
        checked.check(query.join(" "), 5);
        checked.check(query.join(" "), 1000);
      }),
      { numRuns: 60 },
    );
  });

  it("grows posting lists through every size of block and keeps growing them after a restore", () => {
    const checked = new Checked(kernel);
    for (let n = 0; n < 20_000; n++) checked.index.add(n, n % 3 === 0 ? `gate parking n${n % 50}` : "gate");
    const restored = takeAll(InvertedIndex.fromBytes(createArena({ kernel }), takeAll(checked.index.toBytes())));
    for (let n = 20_000; n < 20_100; n++) restored.add(n, "gate parking");
    expect(restored.documentFrequency("gate")).toBe(20_100);
    expect(restored.documentFrequency("park")).toBe(6_667 + 100);
    const found = searched(restored, "parking", 30_000);
    expect(found.count).toBe(6_767);
    const expected = Array.from({ length: 20_100 }, (_, n) => n).filter((n) => n >= 20_000 || n % 3 === 0);
    expect([...found.slots].sort((x, y) => x - y)).toEqual(expected);
  });

  it("gives its whole memory back", () => {
    const arena = createArena({ kernel });
    const before = arena.allocatedBytes;
    const index = new InvertedIndex(arena);
    for (let n = 0; n < 500; n++) index.add(n, `word${n} gate`);
    searched(index, "gate", 5, Bitmap.full(500));
    index.score(analyzeQuery("gate"), Uint32Array.of(1, 2), 2);
    takeAll(index.compact(Int32Array.from({ length: 500 }, (_, n) => (n < 250 ? n : -1))))();
    index.dispose();
    expect(arena.allocatedBytes).toBe(before);
  });

  it("scores two indexes as one with pooled statistics", () => {
    const texts = ["red gate", "blue gate and parking", "parking", "refund of a ticket", "gate gate gate", "ticket"];
    const whole = new Checked(kernel);
    const halves = [new Checked(kernel), new Checked(kernel)];
    texts.forEach((text, n) => {
      whole.add(text);
      halves[n % 2]?.add(text);
    });
    const terms = analyzeQuery("gate parking ticket");
    const statistics = poolStatistics(
      halves.map((half) => half.index),
      terms,
    );
    const scores = whole.index.score(terms, Uint32Array.of(0, 1, 2, 3, 4, 5), 6);
    for (const [n, half] of halves.entries()) {
      const part = half.index.score(terms, Uint32Array.of(0, 1, 2), 3, statistics);
      expect([...part]).toEqual([0, 1, 2].map((i) => scores[i * 2 + n]));
      expect(half.index.attainable(terms, statistics)).toEqual(whole.index.attainable(terms));
    }
  });
});

describe("InvertedIndex", () => {
  it("leaves removed documents out only by the live set, but counts without them at once", () => {
    const checked = new Checked("javascript");
    checked.add("gate one");
    checked.add("gate two");
    checked.remove(0);
    expect(checked.index.documentCount).toBe(1);
    expect(checked.index.totalLength).toBe(2);
    expect(checked.index.documentFrequency("gate")).toBe(1);
    expect(checked.index.documentFrequency("one")).toBe(0);
    expect([...searched(checked.index, "gate", 5, checked.live).slots]).toEqual([1]);
  });

  it("keeps no word of a removed document in a snapshot, compacted or not", () => {
    const checked = new Checked("javascript");
    checked.add("gate secretword");
    checked.add("gate");
    checked.remove(0);
    const words = () => Buffer.concat(takeAll(checked.index.toBytes())).toString("latin1");
    expect(words()).toContain("gate");
    expect(words()).not.toContain("secretword");
    checked.compact();
    expect(words()).not.toContain("secretword");
    expect(checked.index.explain([{ term: "secretword", weight: 1 }], 0)).toEqual([]);
    expect(checked.index.explain(analyzeQuery("secretword gate"), 0)).toEqual(["gate"]);
  });

  it("finds a query of stop words only, and drops stop words from any other", () => {
    const checked = new Checked("javascript");
    checked.add("Who are you");
    checked.add("The gate");
    expect([...searched(checked.index, "who are you", 5).slots]).toEqual([0]);
    expect(analyzeQuery("who are the gates")).toEqual([{ term: "gate", weight: 1 }]);
  });

  it("weighs a word among three documents as among three thousand, and says how sure it is of words that none holds", () => {
    const weights = [3, 3_000].map((count) => {
      const { index } = new Checked("javascript");
      for (let n = 0; n < count; n++) index.add(n, n === 0 ? "the parcel arrives" : `other ${n}`);
      const { all, unknown, unsure } = index.attainable(analyzeQuery("parcel zebra"));
      return { known: (all - unknown) / all, unsure };
    });
    expect(weights[0]?.known).toBeCloseTo(weights[1]?.known as number, 1);
    expect(weights[0]?.unsure).toBeGreaterThan(0.95);
    expect(weights[1]?.unsure).toBeLessThan(0.05);
  });

  it("weighs common words low, rare ones high and unknown ones 1", () => {
    const checked = new Checked("javascript");
    for (let n = 0; n < 10_000; n++) checked.add(n === 0 ? "the gate" : "the street");
    const weigh = (word: string) => checked.index.wordWeight(word);
    expect(weigh("The")).toBeLessThan(0.1);
    expect(weigh("street")).toBeLessThan(weigh("gates"));
    expect(weigh("gates")).toBeLessThan(1);
    expect(weigh("zebra")).toBe(1);
    expect(new InvertedIndex(createArena({ kernel: "javascript" })).wordWeight("zebra")).toBe(1);
  });

  it("takes the limits of slots and parameters", () => {
    const arena = createArena({ kernel: "javascript" });
    const index = new InvertedIndex(arena);
    index.add(3, "gate");
    expect(() => index.add(3, "gate")).toThrow(RangeError);
    expect(() => index.add(2 ** 26, "gate")).toThrow(RangeError);
    expect(() => new InvertedIndex(arena, { b: 2 })).toThrow(expect.objectContaining({ code: "argument.invalid" }));
    expect(() => new InvertedIndex(arena, { k1: Number.NaN })).toThrow(
      expect.objectContaining({ code: "argument.invalid" }),
    );
  });

  it("names a damaged snapshot", () => {
    const checked = new Checked("javascript");
    checked.add("gate parking");
    const parts = takeAll(checked.index.toBytes());
    const arena = createArena({ kernel: "javascript" });
    for (let n = 0; n < parts.length; n++) {
      const damaged = parts.map((part, m) => (m === n ? part.subarray(0, part.length - 1) : part));
      if (n !== 0) damaged[n] = (parts[n] as Uint8Array).subarray(0, Math.max(0, (parts[n] as Uint8Array).length - 8));
      else damaged[n] = (parts[n] as Uint8Array).subarray(0, 32);
      expect(() => takeAll(InvertedIndex.fromBytes(arena, damaged))).toThrow(
        expect.objectContaining({ code: "storage.corrupt" }),
      );
    }
    expect(() => takeAll(InvertedIndex.fromBytes(arena, []))).toThrow(
      expect.objectContaining({ code: "storage.corrupt" }),
    );
  });
});

describe("length classes", () => {
  it("are exact below 64 terms and at most 4.5 % short above", () => {
    for (let length = 0; length < 200_000; length += length < 1_000 ? 1 : 97) {
      const rounded = lengthOfClass[classOfLength(length)] as number;
      expect(rounded).toBeLessThanOrEqual(length);
      if (length < 64) expect(rounded).toBe(length);
      else expect(rounded / length).toBeGreaterThan(0.955);
    }
  });
});
