import fc from "fast-check";
import { ChunkCache, type ChunkTerms } from "./chunk-cache.ts";
import { chunkTerms } from "./chunk-terms.ts";
import { ENGLISH } from "./languages/language-table.ts";

/** A cache, and what it had to have analysed. */
function counted(mostChunks: number) {
  const analyzed: string[] = [];
  const cache = new ChunkCache(mostChunks, (chunk) => {
    analyzed.push(chunk);
    return chunkTerms(chunk, ENGLISH);
  });
  const get = (chunk: string) => cache.get(`<${chunk}>`, 1, 1 + chunk.length);
  return { cache, analyzed, get };
}

const texts = (terms: ChunkTerms) => [terms].flat().map(({ text }) => text);

describe("ChunkCache", () => {
  it("analyses a chunk once, wherever in a text it is", () => {
    const { cache, analyzed, get } = counted(100);
    const first = get("Parking");
    expect(texts(first)).toEqual(["park"]);
    expect(cache.get("No Parking here", 3, 10)).toBe(first);
    expect(analyzed).toEqual(["Parking"]);
    expect(get("parking")).not.toBe(first);
  });

  it("knows every chunk still after it has grown", () => {
    const { analyzed, get } = counted(10_000);
    const chunks = Array.from({ length: 10_000 }, (_, i) => `word-${i}`);
    const first = chunks.map(get);
    expect(chunks.map(get).every((terms, i) => terms === first[i])).toBe(true);
    expect(analyzed).toEqual(chunks);
  });

  it("starts anew when it is full", () => {
    const { analyzed, get } = counted(2);
    for (const chunk of ["a1", "b2", "c3", "c3", "a1"])
      expect(texts(get(chunk))).toEqual(texts(chunkTerms(chunk, ENGLISH)));
    expect(analyzed).toEqual(["a1", "b2", "c3", "a1"]);
  });

  it("remembers up to 64 characters, and gives the terms of longer chunks all the same", () => {
    const { analyzed, get } = counted(100);
    const [remembered, longer] = ["a".repeat(64), "b".repeat(65)];
    for (const chunk of [remembered, longer, remembered, longer]) expect(texts(get(chunk))).toEqual([chunk]);
    expect(analyzed).toEqual([remembered, longer, longer]);
  });

  it("forgets all when it is cleared", () => {
    const { cache, analyzed, get } = counted(100);
    get("secret");
    cache.clear();
    get("secret");
    expect(analyzed).toEqual(["secret", "secret"]);
  });

  it("gives any chunk its own terms", () => {
    const { get } = counted(50);
    const chunk = fc.string({ unit: "binary", minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(chunk, { maxLength: 300 }), (chunks) => {
        for (const each of chunks) expect(texts(get(each))).toEqual(texts(chunkTerms(each, ENGLISH)));
      }),
    );
  });
});
