import { meanScores, ndcg, recall, reciprocalRank } from "./metrics.ts";

const ranking = ["a", "b", "c", "d"];

describe("retrieval metrics", () => {
  it("gives nDCG as worked out by hand", () => {
    // Relevant at ranks 2 and 4 of two relevant ones: (1/log2 3 + 1/log2 5) / (1/log2 2 + 1/log2 3).
    expect(ndcg(ranking, { b: 1, d: 1 }, 10)).toBeCloseTo((0.63093 + 0.430677) / (1 + 0.63093), 5);
    expect(ndcg(ranking, { a: 1 }, 10)).toBe(1);
    expect(ndcg(ranking, { z: 1 }, 10)).toBe(0);
  });

  it("counts in nDCG only the first k ranks, of the ideal ranking too", () => {
    expect(ndcg(ranking, { d: 1 }, 3)).toBe(0);
    expect(ndcg(ranking, { a: 1, b: 1, c: 1 }, 2)).toBe(1);
  });

  it("weighs grades in nDCG", () => {
    // Grades 1, 3 found; ideal is 3, 1: (1 + 3 x 0.63093) / (3 + 0.63093).
    expect(ndcg(["a", "b"], { a: 1, b: 3 }, 10)).toBeCloseTo(2.89279 / 3.63093, 5);
  });

  it("gives recall over all relevant documents, found or not", () => {
    expect(recall(ranking, { b: 1, d: 1, z: 1, y: 1 }, 10)).toBe(0.5);
    expect(recall(ranking, { b: 1, d: 1, z: 1, y: 1 }, 2)).toBe(0.25);
  });

  it("gives the reciprocal rank of the first relevant document, 0 beyond k", () => {
    expect(reciprocalRank(ranking, { c: 1, d: 1 }, 10)).toBeCloseTo(1 / 3, 10);
    expect(reciprocalRank(ranking, { c: 1, d: 1 }, 2)).toBe(0);
  });

  it("takes means over queries", () => {
    const scores = meanScores([
      { ranking, relevance: { a: 1 } },
      { ranking, relevance: { z: 1 } },
    ]);
    expect(scores).toEqual({ "nDCG@10": 0.5, "recall@5": 0.5, "recall@10": 0.5, "MRR@10": 0.5 });
  });
});
