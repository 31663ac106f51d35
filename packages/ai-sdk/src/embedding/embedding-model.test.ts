import { createSotto, type Embedder, memoryStorage } from "@sotto/core";
import { staticEmbedder } from "@sotto/embed-static";
import { cosineSimilarity, embed, embedMany } from "ai";
import { embeddingModel } from "./embedding-model.ts";
import { fromEmbeddingModel } from "./from-embedding-model.ts";

describe("embeddingModel", () => {
  it("embeds with ours through embed and embedMany", async () => {
    const model = embeddingModel(staticEmbedder());
    const { embeddings } = await embedMany({
      model,
      values: ["How do I return a router?", "Sending a router back", "Snow in the mountains"],
    });
    const [router, back, snow] = embeddings as [number[], number[], number[]];
    expect(router).toHaveLength(staticEmbedder().dimensions);
    expect(cosineSimilarity(router, back)).toBeGreaterThan(cosineSimilarity(router, snow));
    const { embedding } = await embed({ model, value: "How do I return a router?" });
    expect(embedding).toEqual(router);
  });

  it("cuts a long list into calls that the embedder takes", async () => {
    const sizes: number[] = [];
    const embedder: Embedder = {
      id: "sizes",
      dimensions: 8,
      calibration: { low: 0, high: 1 },
      async embed(texts) {
        sizes.push(texts.length);
        return texts.map(() => new Float32Array(8).fill(Math.sqrt(1 / 8)));
      },
    };
    const model = embeddingModel(embedder, { maxEmbeddingsPerCall: 2 });
    await embedMany({ model, values: ["a", "b", "c", "d", "e"] });
    expect(sizes).toEqual([2, 2, 1]);
  });

  it("says what the texts are: by option, and by call", async () => {
    const kinds: string[] = [];
    const embedder: Embedder = {
      id: "kinds",
      dimensions: 8,
      calibration: { low: 0, high: 1 },
      async embed(texts, { kind }) {
        kinds.push(kind);
        return texts.map(() => null);
      },
    };
    const { embedding } = await embed({ model: embeddingModel(embedder), value: "a" });
    await embed({ model: embeddingModel(embedder, { kind: "query" }), value: "a" });
    await embed({ model: embeddingModel(embedder), value: "a", providerOptions: { sotto: { kind: "query" } } });
    expect(kinds).toEqual(["document", "query", "query"]);
    expect(embedding).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it("warns of dimensions that it does not have", async () => {
    const { warnings } = await embeddingModel(staticEmbedder()).doEmbed({ values: ["a router"], dimensions: 3 });
    expect(warnings).toMatchObject([{ type: "unsupported", feature: "dimensions" }]);
  });

  it("rejects with the reason of an aborted signal", async () => {
    const reason = new Error("the caller left");
    const given = embeddingModel(staticEmbedder()).doEmbed({ values: ["a"], abortSignal: AbortSignal.abort(reason) });
    await expect(given).rejects.toBe(reason);
  });

  it("comes back as the embedder that it was, through an index", async () => {
    const embedder = fromEmbeddingModel(embeddingModel(staticEmbedder()), { dimensions: staticEmbedder().dimensions });
    const sotto = createSotto({ storage: memoryStorage(), embedder });
    await sotto.createIndex("help", [
      { id: "returns", text: "You can return a router within 30 days." },
      { id: "snow", text: "The mountain was covered with snow." },
    ]);
    const { hits } = await sotto.query("help", "sending the router back", { topK: 1, alpha: 1 });
    expect(hits[0]?.id).toBe("returns");
    await sotto.close();
  });
});
