import { analyzeQuery } from "../analysis/analyze-query.ts";
import { understand } from "../analysis/question.ts";
import { createArena } from "../kernel/arena.ts";
import { quantizeVector } from "../vectors/quantize-vector.ts";
import { Candidates } from "./candidates.ts";
import { calibrate } from "./fusion.ts";
import { creditNeighbours } from "./neighbours.ts";
import { search } from "./search.ts";
import { SearchIndex } from "./search-index.ts";
import type { SearchTarget } from "./search-target.ts";

const DIMENSIONS = 16;
const WEIGHTS = [0.25, 0.125];
const WORDS = ["router", "invoice", "refund", "delivery", "battery", "screen", "password", "contract"];

let state = 11;
function random(): number {
  state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
  return state / 0x7fffffff;
}
function vector(): Float32Array {
  const values = Float32Array.from({ length: DIMENSIONS }, () => random() - 0.5);
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}

/** Conversations that were recorded side by side: three parents take turns at random, some documents have none. */
function conversations(count: number): SearchTarget {
  const index = new SearchIndex({ arena: createArena(), dimensions: DIMENSIONS });
  for (let i = 0; i < count; i++) {
    const text = Array.from({ length: 3 }, () => WORDS[Math.floor(random() * WORDS.length)]).join(" ");
    const parent = Math.floor(random() * 4);
    index.put(
      { id: `d${i}`, text, ...(parent === 3 ? {} : { chunk: { parentId: `p${parent}`, position: i } }) },
      quantizeVector(vector()),
    );
  }
  for (let i = 5; i < count; i += 13) index.delete(`d${i}`);
  return { index, vector: vector(), calibration: { low: 0, high: 1 }, alpha: 0.4 };
}

/** The definition, over every live slot: own score, plus part of the scores of the two before and after it in its parent. */
function byDefinition(target: SearchTarget, query: string, excluded: (slot: number) => boolean): Map<number, number> {
  const { documents, live, words, vectors } = target.index;
  const slots = live.toSlots();
  const terms = analyzeQuery(query);
  const cosines = vectors.score(target.vector as Float32Array, slots, slots.length);
  const bm25 = words.score(terms, slots, slots.length);
  const own = (i: number) =>
    target.alpha * calibrate(cosines[i] as number, target.calibration) +
    ((1 - target.alpha) * (bm25[i] as number)) / words.attainable(terms).all;
  const score = new Map(Array.from(slots, (slot, i): [number, number] => [slot, own(i)]));
  const credited = new Map<number, number>();
  for (const slot of slots) {
    let sum = score.get(slot) as number;
    for (const step of [-1, 1]) {
      let distance = 0;
      for (let reach = 1; reach <= 8 && distance < 2; reach++) {
        const other = slot + step * reach;
        if (documents.parentAt(slot) === undefined || documents.parentAt(other) !== documents.parentAt(slot)) continue;
        if (!excluded(other)) sum += (WEIGHTS[distance] as number) * (score.get(other) as number);
        distance++;
      }
    }
    if (!excluded(slot)) credited.set(slot, Math.min(1, sum));
  }
  return credited;
}

describe("credit from neighbours", () => {
  it("is what its definition says, in an index of which everything is found", () => {
    for (let round = 0; round < 20; round++) {
      const target = conversations(90);
      const excluded = (slot: number) => slot % 5 === 2;
      const query = `${WORDS[round % 8]} ${WORDS[(round + 3) % 8]}`;
      const hits = search([target], {
        question: understand(query),
        topK: 90,
        minScore: 0,
        neighbourWeights: WEIGHTS,
        exclude: excluded,
      });
      const expected = [...byDefinition(target, query, excluded)]
        .filter(([, score]) => score > 0)
        .sort(([a, x], [b, y]) => y - x || a - b);
      expect(hits.length).toBe(expected.length);
      for (const [i, hit] of hits.entries()) expect(hit.score).toBeCloseTo((expected[i] as [number, number])[1], 5);
    }
  });

  it("draws in neighbours that were not found themselves", () => {
    const index = new SearchIndex({ arena: createArena(), dimensions: DIMENSIONS });
    const add = (id: string, text: string, parentId: string) =>
      index.put({ id, text, chunk: { parentId, position: 0 } }, undefined);
    for (let i = 0; i < 300; i++) add(`a${i}`, "small talk", "a");
    add("question", "which kettle is best", "b");
    add("answer", "the blue one", "b");
    add("thanks", "thank you", "b");
    add("other", "good bye", "c");
    const target: SearchTarget = { index, vector: null, calibration: { low: 0, high: 1 }, alpha: 0.4 };
    const hits = search([target], { question: understand("kettle"), topK: 5, minScore: 0, neighbourWeights: WEIGHTS });
    expect(hits.map(({ slot }) => index.documents.idAt(slot))).toEqual(["question", "answer", "thanks"]);
    const [question, answer, thanks] = hits.map(({ score }) => score) as [number, number, number];
    expect(answer).toBeCloseTo(question * 0.25, 6);
    expect(thanks).toBeCloseTo(question * 0.125, 6);
  });

  it("draws in those with the most credit when they are many", () => {
    const index = new SearchIndex({ arena: createArena(), dimensions: DIMENSIONS });
    const candidates = new Candidates();
    candidates.begin(500);
    for (let i = 0; i < 500; i++)
      index.put({ id: `d${i}`, text: "so", chunk: { parentId: "p", position: i } }, undefined);
    // Every fifth was found, each a little better than the one before it; 400 are neighbours of one.
    for (let i = 2; i < 500; i += 5) candidates.scores[candidates.add(i)] = 0.5 + i / 10_000;
    const scored: number[] = [];
    const { documents } = index;
    creditNeighbours(candidates, { documents, weights: WEIGHTS, topK: 1 }, (from) => {
      scored.push(...candidates.slots.slice(from, candidates.count));
    });
    // The 64 with the most credit: both direct neighbours of the best 32.
    const expected = Array.from({ length: 32 }, (_, n) => 497 - 5 * n).flatMap((best) => [best - 1, best + 1]);
    expect(scored.sort((x, y) => y - x)).toEqual(expected.sort((x, y) => y - x));
    for (const slot of expected) expect(candidates.scores[candidates.add(slot)]).toBeGreaterThan(0.25 * 0.5);
    expect(candidates.count).toBe(100 + 64);
  });
});
