import { defaultLimits } from "../../limits.ts";
import { takeAll } from "../../steps.ts";
import { analyzeQuery } from "../analysis/analyze-query.ts";
import { understand } from "../analysis/question.ts";
import { compileFilter } from "../filter/compile-filter.ts";
import { createArena } from "../kernel/arena.ts";
import { quantizeVector } from "../vectors/quantize-vector.ts";
import { calibrate } from "./fusion.ts";
import { leastScore } from "./least-score.ts";
import { search } from "./search.ts";
import { SearchIndex } from "./search-index.ts";
import type { SearchTarget } from "./search-target.ts";
import { packSections, unpackSections } from "./snapshot-format.ts";

const DIMENSIONS = 32;
const WORDS = [
  "router",
  "invoice",
  "refund",
  "delivery",
  "battery",
  "screen",
  "password",
  "contract",
  "outage",
  "speed",
];
const calibration = { low: 0, high: 1 };

let state = 7;
function random(): number {
  state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
  return state / 0x7fffffff;
}
function vector(): Float32Array {
  const values = Float32Array.from({ length: DIMENSIONS }, () => random() - 0.5);
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}
function text(): string {
  return Array.from({ length: 4 + Math.floor(random() * 8) }, () => WORDS[Math.floor(random() * WORDS.length)]).join(
    " ",
  );
}

function build(count: number, options: { withVectors?: boolean } = {}): SearchIndex {
  const index = new SearchIndex({ arena: createArena(), dimensions: DIMENSIONS });
  for (let i = 0; i < count; i++) {
    index.put(
      { id: `d${i}`, text: text(), metadata: { number: i } },
      options.withVectors === false || i % 7 === 3 ? undefined : quantizeVector(vector()),
    );
  }
  return index;
}

/** Every live document's score by the formula in the doc comment of `search`. */
function byFormula(target: SearchTarget, query: string): Map<string, number> {
  const { index, vector: q } = target;
  const terms = analyzeQuery(query);
  const attainable = index.words.attainable(terms).all;
  const scores = new Map<string, number>();
  for (const id of index.documents.ids()) {
    const slots = Uint32Array.of(index.documents.slotOf(id) as number);
    const cosine = q === null ? Number.NaN : (index.vectors.score(q, slots, 1)[0] as number);
    const sparse = (index.words.score(terms, slots, 1)[0] as number) / attainable;
    scores.set(id, target.alpha * calibrate(cosine, calibration) + (1 - target.alpha) * sparse);
  }
  return scores;
}

describe("search", () => {
  it.each([0, 0.3, 0.5, 1])("scores as its formula says, at alpha %p", (alpha) => {
    const index = build(300);
    for (let i = 0; i < 40; i++) index.delete(`d${i * 3}`);
    for (let round = 0; round < 10; round++) {
      const query = text();
      const target: SearchTarget = { index, vector: vector(), calibration, alpha };
      const hits = search([target], { question: understand(query), topK: 10, minScore: 0 });
      const expected = byFormula(target, query);
      const best = [...expected.values()].sort((x, y) => y - x).slice(0, 10);
      expect(hits).toHaveLength(10);
      for (const [rank, hit] of hits.entries()) {
        expect(hit.score).toBeCloseTo(expected.get(index.documents.idAt(hit.slot) as string) as number, 5);
        expect(hit.score).toBeGreaterThanOrEqual((best[rank] as number) - 0.02);
        expect(hit.score).toBeLessThanOrEqual(1);
      }
    }
  });

  it("finds what one of several sentences asks for, as if the others had not been said", () => {
    const index = new SearchIndex({ arena: createArena(), dimensions: DIMENSIONS });
    for (const [n, line] of [
      "my sister cooks dinner",
      "the train to work is late",
      "routers blink red in an outage",
    ].entries())
      index.put({ id: `d${n}`, text: line }, undefined);
    const target: SearchTarget = { index, vector: null, calibration, alpha: 0.3 };
    const find = (said: string) => search([target], { question: understand(said), topK: 1, minScore: 0 })[0];
    const alone = find("Why does my router blink red?");
    const amid = find("I talked about it with my sister. I am on the train. Why does my router blink red?");
    expect([alone?.slot, amid?.slot]).toEqual([2, 2]);
    expect(amid?.score).toBeGreaterThan(0.7 * (alone?.score as number));
  });

  it("lets the vector answer for words that no document of a small index holds", () => {
    const index = new SearchIndex({ arena: createArena(), dimensions: DIMENSIONS });
    const meaning = vector();
    index.put({ id: "d", text: "I am allergic to peanuts" }, quantizeVector(meaning));
    const target: SearchTarget = { index, vector: meaning, calibration, alpha: 0.3 };
    const request = { question: understand("what can I eat?"), topK: 1, minScore: undefined };
    expect(search([target], request)[0]?.score).toBeGreaterThan(0.9);
    expect(search([{ ...target, vector: null }], request)).toEqual([]);
  });

  it("leaves out by itself what is most likely not meant: under 0.1 of ten documents, under 0.2 of a thousand", () => {
    const least = (size: number) => leastScore([{ index: build(size) }]);
    expect([1, 10, 100, 1_000, 1_100].map((size) => Number(least(size).toFixed(3)))).toEqual([
      0.1, 0.1, 0.15, 0.2, 0.2,
    ]);
  });

  it("gives one global top k over several indexes, BM25 pooled, so that splitting an index changes no score", () => {
    const whole = new SearchIndex({ arena: createArena(), dimensions: DIMENSIONS });
    const halves = [0, 1].map(() => new SearchIndex({ arena: createArena(), dimensions: DIMENSIONS }));
    for (let i = 0; i < 120; i++) {
      const document = { id: `d${i}`, text: text() };
      const quantized = quantizeVector(vector());
      whole.put(document, quantized);
      halves[i % 2]?.put(document, quantized);
    }
    const query = "refund for the broken screen";
    const request = { question: understand(query), topK: 8, minScore: 0 };
    const q = vector();
    const one = search([{ index: whole, vector: q, calibration, alpha: 0.4 }], request);
    const two = search(
      halves.map((index) => ({ index, vector: q, calibration, alpha: 0.4 })),
      request,
    );
    expect(two.map((hit) => halves[hit.target]?.documents.idAt(hit.slot))).toEqual(
      one.map((hit) => whole.documents.idAt(hit.slot)),
    );
    for (const [i, hit] of two.entries()) expect(hit.score).toBeCloseTo(one[i]?.score as number, 5);
  });

  it("honours a filter whether it leaves much or little", () => {
    const index = build(400);
    for (const below of [2, 15, 300]) {
      const filter = compileFilter({ number: { $lt: below } }, defaultLimits);
      const hits = search([{ index, vector: vector(), calibration, alpha: 0.5, filter }], {
        question: understand("router"),
        topK: 500,
        minScore: 0,
      });
      expect(hits.length).toBeGreaterThan(0);
      for (const hit of hits) expect(hit.slot).toBeLessThan(below);
    }
  });

  it("scores by words alone when the query has no vector, and by the vector alone when it has no words", () => {
    const index = build(50);
    const words = search([{ index, vector: null, calibration, alpha: 0.9 }], {
      question: understand("router"),
      topK: 5,
      minScore: 0,
      explain: true,
    });
    expect(words[0]?.explain).toMatchObject({ alpha: 0, dense: 0, cosine: undefined });
    expect(words[0]?.score).toBeCloseTo(words[0]?.explain?.sparse as number, 5);
    const dense = search([{ index, vector: vector(), calibration, alpha: 0.1 }], {
      question: understand(""),
      topK: 5,
      minScore: 0,
      explain: true,
    });
    expect(dense[0]?.explain).toMatchObject({ alpha: 1, sparse: 0 });
  });

  it("abstains below minScore", () => {
    const index = build(50);
    expect(
      search([{ index, vector: null, calibration, alpha: 0.5 }], {
        question: understand("router"),
        topK: 5,
        minScore: 1,
      }),
    ).toEqual([]);
    expect(
      search([{ index, vector: null, calibration, alpha: 0.5 }], {
        question: understand("zebra"),
        topK: 5,
        minScore: 0,
      }),
    ).toEqual([]);
  });

  it("keeps the best of each parent when grouping", () => {
    const index = new SearchIndex({ arena: createArena(), dimensions: DIMENSIONS });
    for (let i = 0; i < 12; i++) {
      index.put(
        { id: `p${i % 3}#${i}`, text: `router ${"padding ".repeat(i)}`, chunk: { parentId: `p${i % 3}`, position: i } },
        undefined,
      );
    }
    const hits = search([{ index, vector: null, calibration, alpha: 0.5 }], {
      question: understand("router"),
      topK: 5,
      minScore: 0,
      groupByParent: true,
    });
    expect(hits.map((hit) => index.documents.idAt(hit.slot))).toEqual(["p0#0", "p1#1", "p2#2"]);
  });

  it("credits a turn with part of its neighbours' scores, in the same conversation only", () => {
    const index = new SearchIndex({ arena: createArena(), dimensions: DIMENSIONS });
    const turns = [
      ["s1", "hello there"],
      ["s1", "what is the refund policy"],
      ["s1", "thirty days from delivery"],
      ["s2", "nothing to do with it"],
    ] as const;
    for (const [i, [session, said]] of turns.entries())
      index.put({ id: `t${i}`, text: said, chunk: { parentId: session, position: i } }, undefined);
    const request = { question: understand("refund policy"), topK: 10, minScore: 0 };
    const target = { index, vector: null, calibration, alpha: 0.5 };
    expect(search([target], request).map((hit) => hit.slot)).toEqual([1]);
    const credited = search([target], { ...request, neighbourWeights: [0.25, 0.125] });
    expect(credited.map((hit) => hit.slot)).toEqual([1, 0, 2]);
    expect(credited[1]?.score).toBeCloseTo(0.25 * (search([target], request)[0]?.score as number), 5);
  });

  it("searches an empty index without an error", () => {
    expect(
      search([{ index: build(0), vector: vector(), calibration, alpha: 0.5 }], {
        question: understand("router"),
        topK: 5,
        minScore: 0,
      }),
    ).toEqual([]);
  });

  it("gives the same hits after a round trip through its bytes", () => {
    const index = build(1_500);
    index.delete("d5");
    const request = { question: understand("battery outage"), topK: 10, minScore: 0 };
    const q = vector();
    const ids = (each: SearchIndex) =>
      search([{ index: each, vector: q, calibration, alpha: 0.5 }], request).map((hit) => [
        each.documents.idAt(hit.slot),
        hit.score,
      ]);
    const before = ids(index);
    const bytes = takeAll(packSections(takeAll(index.toSections())));
    const copy = takeAll(
      SearchIndex.fromSections({ arena: createArena(), dimensions: DIMENSIONS }, unpackSections(bytes, "a test")),
    );
    expect(ids(copy)).toEqual(before);
    expect(ids(index)).toEqual(before);

    // As a version before lists of metadata wrote it: without lists, the formats 2 and 3 differ in their number alone.
    bytes[4] = 2;
    const old = SearchIndex.fromSections(
      { arena: createArena(), dimensions: DIMENSIONS },
      unpackSections(bytes, "a test"),
    );
    expect(ids(takeAll(old))).toEqual(before);
  });

  it("names bytes that are no snapshot, or one of another format", () => {
    expect(() => unpackSections(new Uint8Array(40), "a test")).toThrow(/does not begin as a Sotto snapshot/);
    const ofFormat = (format: number) => {
      const bytes = takeAll(packSections({}));
      bytes[4] = format;
      return bytes;
    };
    expect(() => unpackSections(ofFormat(1), "a test")).toThrow(/of format 1, which is no longer read/);
    expect(unpackSections(ofFormat(2), "a test")).toEqual({});
    expect(() => unpackSections(ofFormat(99), "a test")).toThrow(
      expect.objectContaining({ code: "storage.newer_format" }),
    );
  });
});
