import { randomNumbers, unitVector } from "../../../test/synthetic-vectors.ts";
import { defaultLimits } from "../../limits.ts";
import { nextTurn, takeAll } from "../../steps.ts";
import { understand } from "../analysis/question.ts";
import { compileFilter } from "../filter/compile-filter.ts";
import type { Filter } from "../filter/filter-types.ts";
import { createArena } from "../kernel/arena.ts";
import { quantizeVector } from "../vectors/quantize-vector.ts";
import { search } from "./search.ts";
import { SearchIndex } from "./search-index.ts";
import type { SearchTarget } from "./search-target.ts";
import { shortlistLarge } from "./shortlist-large.ts";

const DIMENSIONS = 8;
const WORDS = ["router", "invoice", "refund", "delivery", "battery", "screen"];
/** Two steps of a scan, and some more. */
const DOCUMENTS = 140_000;
const random = randomNumbers(21);
const question = understand("battery refund");
const options = { question, topK: 10, largeSlots: 1_000 };

function put(index: SearchIndex, id: number, vector = unitVector(DIMENSIONS, random)): void {
  const text = `${WORDS[id % WORDS.length]} ${id}`;
  index.put({ id: `d${id}`, text, metadata: { number: id } }, quantizeVector(vector));
}

function build(count: number): SearchIndex {
  const index = new SearchIndex({ arena: createArena(), dimensions: DIMENSIONS });
  for (let id = 0; id < count; id++) put(index, id);
  return index;
}

function targetOf(index: SearchIndex, filter?: Filter): SearchTarget {
  const target = { index, vector: unitVector(DIMENSIONS, random), calibration: { low: 0, high: 1 }, alpha: 0.5 };
  return filter === undefined ? target : { ...target, filter: compileFilter(filter, defaultLimits) };
}

function found(target: SearchTarget) {
  return search([target], { question, topK: 10, minScore: 0 }).map(({ slot, score }) => ({
    id: target.index.documents.idAt(slot),
    score,
  }));
}

describe("shortlistLarge", () => {
  const index = build(DOCUMENTS);
  const small = build(1_500);

  it("finds what a search finds that scans itself, in several turns of the event loop", async () => {
    for (const filter of [undefined, { number: { $lt: 100_000 } }]) {
      const target = targetOf(index, filter);
      let turns = 0;
      let scanning = true;
      const counting = (async () => {
        for (; scanning; turns++) await nextTurn();
      })();
      const [shortlist] = (await shortlistLarge([target], options)) ?? [];
      scanning = false;
      await counting;
      expect(turns).toBeGreaterThanOrEqual(2);
      expect(shortlist?.slots.length).toBeLessThan(DOCUMENTS / 10);
      expect(found({ ...target, shortlist })).toEqual(found(target));
    }
  });

  it("is not asked for where an index is small, nothing is to be embedded, or a filter leaves few", async () => {
    const target = targetOf(small);
    expect(shortlistLarge([target], { question, topK: 10 })).toBeUndefined();
    expect(shortlistLarge([{ ...target, vector: null }], options)).toBeUndefined();
    expect(shortlistLarge([{ ...target, alpha: 0 }], options)).toBeUndefined();
    expect(await shortlistLarge([targetOf(small, { number: { $lt: 20 } })], options)).toEqual([undefined]);
    expect(await shortlistLarge([targetOf(small, { number: { $lt: 0 } })], options)).toEqual([undefined]);
  });

  it("leaves each of several targets what is its own", async () => {
    const targets = [targetOf(small), { ...targetOf(small), vector: null }, targetOf(index)];
    const shortlists = (await shortlistLarge(targets, options)) ?? [];
    expect(shortlists.map((shortlist) => shortlist?.vectors)).toEqual([small.vectors, undefined, index.vectors]);
    const withThem = targets.map((target, i) => ({ ...target, shortlist: shortlists[i] }));
    const request = { question, topK: 10, minScore: 0 };
    expect(search(withThem, request)).toEqual(search(targets, request));
  });

  it("lets searches of the same memory come between", async () => {
    const target = targetOf(index);
    const other = targetOf(index);
    const expected = found(other);
    const scan = shortlistLarge([target], options);
    await nextTurn();
    expect(found(other)).toEqual(expected);
    const [shortlist] = (await scan) ?? [];
    expect(found({ ...target, shortlist })).toEqual(found(target));
  });

  it("finds what is added meanwhile, and not what is deleted", async () => {
    const changing = build(DOCUMENTS);
    const target = targetOf(changing);
    const best = found({ ...target, alpha: 1 })[0]?.id as string;
    const scan = shortlistLarge([target], options);
    await nextTurn();
    changing.delete(best);
    put(changing, DOCUMENTS, target.vector as Float32Array);
    const [shortlist] = (await scan) ?? [];
    const hits = found({ ...target, alpha: 1, shortlist });
    expect(hits[0]?.id).toBe(`d${DOCUMENTS}`);
    expect(hits.map(({ id }) => id)).not.toContain(best);
    expect(hits).toEqual(found({ ...target, alpha: 1 }));
  });

  it("scans anew when the slots have other numbers by then", async () => {
    const changing = build(DOCUMENTS);
    const target = targetOf(changing);
    const scan = shortlistLarge([target], options);
    await nextTurn();
    for (let id = 0; id < 2_000; id++) changing.delete(`d${id}`);
    takeAll(changing.compact());
    const [shortlist] = (await scan) ?? [];
    expect(found({ ...target, shortlist })).toEqual(found(target));
  });

  it("ends when the signal aborts, and lets the next scan begin", async () => {
    const controller = new AbortController();
    const target = targetOf(index);
    const scan = shortlistLarge([target], { ...options, signal: controller.signal });
    const next = shortlistLarge([target], options);
    await nextTurn();
    controller.abort(new Error("the caller went on"));
    await expect(scan).rejects.toThrow("the caller went on");
    const [shortlist] = (await next) ?? [];
    expect(found({ ...target, shortlist })).toEqual(found(target));
  });
});
