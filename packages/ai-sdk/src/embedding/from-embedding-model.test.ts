import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { testEmbedder } from "@sotto/core/testing";
import { type OfflineLlm, startOfflineLlm } from "@sotto-internal/offline-llm";
import { MockEmbeddingModelV3, MockEmbeddingModelV4 } from "ai/test";
import { fromEmbeddingModel } from "./from-embedding-model.ts";

let server: OfflineLlm;

beforeAll(async () => {
  server = await startOfflineLlm();
});
afterAll(() => server.close());

testEmbedder("fromEmbeddingModel over HTTP", () => {
  const provider = createOpenAICompatible({ name: "offline", baseURL: server.baseURL });
  return fromEmbeddingModel(provider.embeddingModel("offline-embedding"), { dimensions: 1536 });
});

const answering = (...embeddings: number[][]) =>
  new MockEmbeddingModelV4({ maxEmbeddingsPerCall: 100, doEmbed: async () => ({ embeddings, warnings: [] }) });

describe("fromEmbeddingModel", () => {
  it("scales vectors to length 1", async () => {
    const embedder = fromEmbeddingModel(answering([0, 0, 3, 4, 0, 0, 0, 0]), { dimensions: 8 });
    const [vector] = await embedder.embed(["a"], { kind: "query" });
    expect(vector).toEqual(Float32Array.from([0, 0, 0.6, 0.8, 0, 0, 0, 0]));
  });

  it("takes models of the specification before", async () => {
    const model = new MockEmbeddingModelV3({
      doEmbed: async () => ({ embeddings: [[1, 0, 0, 0, 0, 0, 0, 0]], warnings: [] }),
    });
    const [vector] = await fromEmbeddingModel(model, { dimensions: 8 }).embed(["a"], { kind: "query" });
    expect(vector?.[0]).toBe(1);
  });

  it("refuses vectors of another length", async () => {
    const embedder = fromEmbeddingModel(answering([1, 2, 3]), { dimensions: 8, id: "short" });
    await expect(embedder.embed(["a"], { kind: "query" })).rejects.toMatchObject({
      code: "embedding.failed",
      message: expect.stringContaining("3 dimensions instead of 8"),
    });
  });

  it("has no vector where the model answers with zeros", async () => {
    const embedder = fromEmbeddingModel(answering([0, 0, 0, 0, 0, 0, 0, 0]), { dimensions: 8 });
    await expect(embedder.embed(["a"], { kind: "query" })).resolves.toEqual([null]);
  });

  it("never sends a text without a visible character", async () => {
    const model = answering([1, 0, 0, 0, 0, 0, 0, 0]);
    const embedder = fromEmbeddingModel(model, { dimensions: 8 });
    const vectors = await embedder.embed(["", " \n", "word", "\u0000"], { kind: "document" });
    expect(vectors.map((vector) => vector !== null)).toEqual([false, false, true, false]);
    expect(model.doEmbedCalls.map(({ values }) => values)).toEqual([["word"]]);
  });

  it("tells the model what a text is, by prefix and by provider options", async () => {
    const model = answering([1, 0, 0, 0, 0, 0, 0, 0]);
    const embedder = fromEmbeddingModel(model, {
      dimensions: 8,
      prefix: { query: "query: " },
      providerOptions: (kind) => ({ p: { inputType: kind } }),
    });
    await embedder.embed(["a"], { kind: "query" });
    await embedder.embed(["a"], { kind: "document" });
    expect(model.doEmbedCalls.map(({ values, providerOptions }) => [values, providerOptions])).toEqual([
      [["query: a"], { p: { inputType: "query" } }],
      [["a"], { p: { inputType: "document" } }],
    ]);
  });

  it("refuses dimensions that an index cannot hold", () => {
    expect(() => fromEmbeddingModel(answering(), { dimensions: 10 })).toThrow("10 is not a multiple of 8");
  });

  it("is named after the model", () => {
    expect(fromEmbeddingModel(new MockEmbeddingModelV4({ provider: "p", modelId: "m" }), { dimensions: 8 }).id).toBe(
      "p/m",
    );
    expect(fromEmbeddingModel("gateway/model", { dimensions: 8 }).id).toBe("gateway/model");
  });
});
