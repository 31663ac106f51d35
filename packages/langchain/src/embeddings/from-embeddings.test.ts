import type { Embeddings } from "@langchain/core/embeddings";
import { OpenAIEmbeddings } from "@langchain/openai";
import { createSotto, type Embedder, memoryStorage } from "@sotto/core";
import { testEmbedder } from "@sotto/core/testing";
import { startOfflineLlm } from "@sotto-internal/offline-llm";
import { fromEmbeddings } from "./from-embeddings.ts";
import { SottoEmbeddings } from "./sotto-embeddings.ts";

/** An OpenAI model behind HTTP, on a server of our own. */
async function overHttp(): Promise<Embedder> {
  const server = await startOfflineLlm();
  const model = new OpenAIEmbeddings({
    model: "text-embedding-3-small",
    apiKey: "none",
    configuration: { baseURL: server.baseURL },
    maxRetries: 0,
  });
  const embedder = await fromEmbeddings(model, { id: "openai/text-embedding-3-small" });
  return { ...embedder, dispose: () => server.close() };
}

testEmbedder("fromEmbeddings", overHttp, { tolerance: 1e-3 });

function fixed(vector: number[]): Pick<Embeddings, "embedQuery" | "embedDocuments"> {
  return { embedQuery: async () => vector, embedDocuments: async (texts) => texts.map(() => vector) };
}

describe("fromEmbeddings", () => {
  it("fills vectors up to a multiple of 8 dimensions, which changes no cosine", async () => {
    const embedder = await fromEmbeddings(fixed([3, 4, 0]), { id: "three" });
    expect(embedder.dimensions).toBe(8);
    const [vector] = await embedder.embed(["a"], { kind: "document" });
    expect(Array.from(vector as Float32Array, (value) => Number(value.toFixed(3)))).toEqual([
      0.6, 0.8, 0, 0, 0, 0, 0, 0,
    ]);
  });

  it("has no vector for zeros, nor for a blank text, which never reaches the model", async () => {
    const asked: string[][] = [];
    const embedder = await fromEmbeddings(
      {
        embedQuery: async () => [0, 0],
        async embedDocuments(texts) {
          asked.push(texts);
          return texts.map(() => [0, 0]);
        },
      },
      { id: "zeros" },
    );
    expect(await embedder.embed(["a", " "], { kind: "document" })).toEqual([null, null]);
    expect(asked).toEqual([["a"]]);
  });

  it("refuses vectors of another length, too few of them, and values that are not finite", async () => {
    const embed = async (model: Pick<Embeddings, "embedQuery" | "embedDocuments">) =>
      (await fromEmbeddings(model, { id: "odd", dimensions: 2 })).embed(["a", "b"], { kind: "document" });
    await expect(embed(fixed([1, 2, 3]))).rejects.toThrow("3 values instead of 2");
    await expect(embed(fixed([1, Number.NaN]))).rejects.toThrow("not finite");
    await expect(embed({ embedQuery: async () => [1, 2], embedDocuments: async () => [[1, 2]] })).rejects.toThrow(
      "1 vectors for 2 texts",
    );
  });

  it("gives up a model that never answers when the signal is aborted", async () => {
    const controller = new AbortController();
    const never = new Promise<never>(() => {});
    const embedder = await fromEmbeddings(
      { embedQuery: () => never, embedDocuments: () => never },
      { id: "slow", dimensions: 8 },
    );
    const running = embedder.embed(["a"], { kind: "query", signal: controller.signal });
    controller.abort(new Error("hung up"));
    await expect(running).rejects.toThrow("hung up");
  });

  it("gives back the embedder inside SottoEmbeddings", async () => {
    const embeddings = new SottoEmbeddings();
    expect(await fromEmbeddings(embeddings, { id: "ignored" })).toBe(embeddings.embedder);
  });

  it("makes indexes searchable by the model", async () => {
    const topics: Record<string, number[]> = { money: [1, 0, 0], refund: [0.9, 0.1, 0], snow: [0, 0, 1] };
    const vector = (text: string) => topics[text] ?? [0, 1, 0];
    const embedder = await fromEmbeddings(
      { embedQuery: async (text) => vector(text), embedDocuments: async (texts) => texts.map(vector) },
      { id: "topics" },
    );
    await using sotto = createSotto({ storage: memoryStorage(), embedder });
    await sotto.createIndex("help", [
      { id: "a", text: "refund" },
      { id: "b", text: "snow" },
    ]);
    const { hits } = await sotto.query("help", "money");
    expect(hits.map((hit) => hit.id)).toEqual(["a"]);
  });
});
