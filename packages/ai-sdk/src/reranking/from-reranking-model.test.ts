import { createSotto, memoryStorage } from "@sotto/core";
import { MockRerankingModelV4 } from "ai/test";
import { fromRerankingModel } from "./from-reranking-model.ts";

const scoring = (scores: readonly [index: number, relevanceScore: number][]) =>
  new MockRerankingModelV4({
    doRerank: async () => ({ ranking: scores.map(([index, relevanceScore]) => ({ index, relevanceScore })) }),
  });

describe("fromRerankingModel", () => {
  it("gives one score a document, in the order of the documents", async () => {
    const reranker = fromRerankingModel(
      scoring([
        [2, 0.9],
        [0, 0.4],
        [1, 0.1],
      ]),
    );
    await expect(reranker.rerank("q", ["a", "b", "c"])).resolves.toEqual([0.4, 0.1, 0.9]);
  });

  it("scores 0 what the model leaves out, and cuts what is outside [0, 1]", async () => {
    const reranker = fromRerankingModel(
      scoring([
        [1, 7.5],
        [2, -3],
      ]),
    );
    await expect(reranker.rerank("q", ["a", "b", "c"])).resolves.toEqual([0, 1, 0]);
  });

  it("maps logits with toScore", async () => {
    const reranker = fromRerankingModel(scoring([[0, 0]]), { toScore: (x) => 1 / (1 + Math.exp(-x)) });
    await expect(reranker.rerank("q", ["a"])).resolves.toEqual([0.5]);
  });

  it("asks nothing for no documents", async () => {
    const model = new MockRerankingModelV4();
    await expect(fromRerankingModel(model).rerank("q", [])).resolves.toEqual([]);
  });

  it("is named after the model", () => {
    expect(fromRerankingModel(new MockRerankingModelV4({ provider: "p", modelId: "m" })).id).toBe("p/m");
    expect(fromRerankingModel("gateway/model").id).toBe("gateway/model");
  });

  it("rejects with the reason of an aborted signal", async () => {
    const reason = new Error("the caller left");
    const reranker = fromRerankingModel(scoring([]));
    await expect(reranker.rerank("q", ["a"], { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it("decides the order of a query that asks for reranking", async () => {
    const model = new MockRerankingModelV4({
      doRerank: async ({ documents }) => ({
        ranking: documents.values
          .map((text, index) => ({ index, relevanceScore: String(text).includes("blue") ? 0.9 : 0.2 }))
          .sort((a, b) => b.relevanceScore - a.relevanceScore),
      }),
    });
    const sotto = createSotto({ storage: memoryStorage(), reranker: fromRerankingModel(model) });
    await sotto.createIndex("routers", [
      { id: "red", text: "The red router has four ports." },
      { id: "blue", text: "The blue router has a port." },
    ]);
    const { hits } = await sotto.query("routers", "a router with four ports", { rerank: true });
    expect(hits.map(({ id }) => id)).toEqual(["blue", "red"]);
    await sotto.close();
  });
});
