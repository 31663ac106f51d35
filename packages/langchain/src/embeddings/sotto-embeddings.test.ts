import { staticEmbedder } from "@sotto/core";
import { SottoEmbeddings } from "./sotto-embeddings.ts";

const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

describe("SottoEmbeddings", () => {
  it("embeds queries and documents with the embedder that comes with Sotto", async () => {
    const embeddings = new SottoEmbeddings();
    const query = await embeddings.embedQuery("When do I get my money back?");
    const [refund, snow] = await embeddings.embedDocuments([
      "Refunds: your money comes back within five days.",
      "Snow covered the mountain until spring.",
    ]);
    expect(query).toHaveLength(256);
    expect(dot(query, query)).toBeCloseTo(1, 5);
    expect(dot(query, refund as number[])).toBeGreaterThan(dot(query, snow as number[]));
  });

  it("gives a text that the model does not know zeros", async () => {
    expect(await new SottoEmbeddings().embedQuery("xqzzv")).toEqual(new Array(256).fill(0));
  });

  it("tells the embedder what is a query and what is a document", async () => {
    const kinds: string[] = [];
    const inner = staticEmbedder();
    const embeddings = new SottoEmbeddings({
      embedder: {
        id: inner.id,
        dimensions: inner.dimensions,
        calibration: inner.calibration,
        embed(texts, options) {
          kinds.push(options.kind);
          return inner.embed(texts, options);
        },
      },
    });
    await embeddings.embedQuery("money");
    await embeddings.embedDocuments(["money"]);
    expect(kinds).toEqual(["query", "document"]);
  });
});
