import { defaultLimits } from "../../limits.ts";
import { takeAll } from "../../steps.ts";
import { understand } from "../analysis/question.ts";
import { compileFilter } from "../filter/compile-filter.ts";
import { createArena } from "../kernel/arena.ts";
import type { QuantizedVector } from "../vectors/index.ts";
import { quantizeVector } from "../vectors/quantize-vector.ts";
import { search } from "./search.ts";
import { SearchIndex } from "./search-index.ts";
import type { SearchTarget } from "./search-target.ts";
import { packSections, unpackSections } from "./snapshot-format.ts";

const options = () => ({ arena: createArena(), dimensions: 8 });
const calibration = { low: 0, high: 1 };
const query = Float32Array.of(1, 0, 0, 0, 0, 0, 0, 0);

/** A document whose cosine with the query is `cosine`, with tokens of 8 dimensions. */
function vector(cosine: number, ...codes: number[]): QuantizedVector {
  const quantized = quantizeVector(Float32Array.of(cosine, Math.sqrt(1 - cosine * cosine), 0, 0, 0, 0, 0, 0));
  return codes.length === 0 ? quantized : { ...quantized, tokens: { dimensions: 8, codes: Uint8Array.from(codes) } };
}

/** A token of the query whose product with a code is 1, 0.75, ... by the bits that they share. */
const token = (signs: number) => Float32Array.from({ length: 8 }, (_, i) => ((signs >> i) & 1 ? 1 : -1) / 8);

function fill(index: SearchIndex): SearchIndex {
  index.put({ id: "plain", text: "a", metadata: { kind: 1 } }, vector(0.6));
  index.put({ id: "far", text: "b", metadata: { kind: 1 } }, vector(0.6, 0b00000000));
  index.put({ id: "near", text: "c", metadata: { kind: 2 } }, vector(0.2, 0b00000000, 0b11111111));
  return index;
}

function scores(index: SearchIndex, late: SearchTarget["late"], more: Partial<SearchTarget> = {}) {
  const target: SearchTarget = { index, vector: query, calibration, alpha: 1, late, ...more };
  const found = search([target], { question: understand(""), topK: 10, minScore: 0 });
  return Object.fromEntries(found.map(({ slot, score }) => [index.documents.idAt(slot), score]));
}

const late = { tokens: token(0b11111111), calibration: { low: 0.2, high: 0.7 }, share: 0.5 };

describe("late interaction", () => {
  it("mixes the hybrid score with that of the best token, of documents that have token states", () => {
    expect(scores(fill(new SearchIndex(options())), late)).toEqual({
      plain: expect.closeTo(0.6, 1),
      far: expect.closeTo(0.3, 1),
      near: expect.closeTo(0.6, 1),
    });
  });

  it("is the mean over the query's tokens", () => {
    const tokens = Float32Array.of(...token(0b11111111), ...token(0b00001111));
    const mean = { ...late, tokens, calibration: { low: 0, high: 1 }, share: 1 };
    expect(scores(fill(new SearchIndex(options())), mean)).toMatchObject({ near: expect.closeTo(0.5, 2) });
  });

  it("finds what the hybrid search does not look at", () => {
    const index = new SearchIndex(options());
    for (let i = 0; i < 300; i++) index.put({ id: `d${i}`, text: "x" }, vector(0.9, 0));
    index.put({ id: "hidden", text: "y" }, vector(-0.9, 0b11111111));
    const target: SearchTarget = { index, vector: query, calibration, alpha: 1 };
    const best = (t: SearchTarget) =>
      search([t], { question: understand(""), topK: 1, minScore: 0 }).map(({ slot }) => index.documents.idAt(slot));
    expect(best(target)).not.toEqual(["hidden"]);
    expect(best({ ...target, late })).toEqual(["hidden"]);
  });

  it("keeps to the filter", () => {
    const filter = compileFilter({ kind: 1 }, defaultLimits);
    expect(Object.keys(scores(fill(new SearchIndex(options())), late, { filter })).sort()).toEqual(["far", "plain"]);
  });

  it("is left out without a query's tokens, and against those of other dimensions", () => {
    const hybrid = { plain: expect.closeTo(0.6, 1), far: expect.closeTo(0.6, 1), near: expect.closeTo(0.2, 1) };
    const index = fill(new SearchIndex(options()));
    expect(scores(index, undefined)).toEqual(hybrid);
    expect(scores(index, { ...late, tokens: new Float32Array(0) })).toEqual(hybrid);
    expect(scores(index, { ...late, tokens: new Float32Array(12) })).toEqual(hybrid);
  });
});

describe("token states of an index", () => {
  it("go with their document, stay through compaction, and come back from a snapshot", () => {
    const index = fill(new SearchIndex(options()));
    index.put({ id: "gone", text: "d" }, vector(0.1, 1, 2, 3));
    index.put({ id: "last", text: "e" }, vector(0.1, 4, 5));
    index.delete("gone");
    expect(index.vectorOf("gone")).toBeUndefined();
    const before = index.vectorOf("last");
    expect(before?.tokens).toEqual({ dimensions: 8, codes: Uint8Array.of(4, 5) });

    const bytes = takeAll(packSections(takeAll(index.toSections())));
    expect(index.vectorOf("last")).toEqual(before);
    const again = takeAll(SearchIndex.fromSections(options(), unpackSections(bytes, "here")));
    expect(again.vectorOf("last")).toEqual(before);
    expect(again.vectorOf("plain")?.tokens).toBeUndefined();
    expect(scores(again, late)).toEqual(scores(index, late));
  });

  it("are replaced with the document, and a document put again as it is changes nothing", () => {
    const index = fill(new SearchIndex(options()));
    const { slotCount } = index.documents;
    index.put({ id: "near", text: "c", metadata: { kind: 2 } }, vector(0.2, 0b00000000, 0b11111111));
    expect(index.documents.slotCount).toBe(slotCount);
    index.put({ id: "near", text: "c", metadata: { kind: 2 } }, vector(0.2, 7));
    expect(index.vectorOf("near")?.tokens?.codes).toEqual(Uint8Array.of(7));
  });

  it("give their memory back with the index", () => {
    const arena = createArena();
    const empty = new SearchIndex({ arena, dimensions: 8 });
    const before = arena.allocatedBytes;
    empty.dispose();
    const index = fill(new SearchIndex({ arena, dimensions: 8 }));
    expect(index.bytes).toBeGreaterThan(0);
    index.dispose();
    expect(arena.allocatedBytes).toBeLessThanOrEqual(before);
  });
});
