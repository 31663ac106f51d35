import { Document } from "@langchain/core/documents";
import { createSotto, memoryStorage, type Sotto } from "@sotto/core";
import { fromEmbeddings } from "../embeddings/from-embeddings.ts";
import { SottoEmbeddings } from "../embeddings/sotto-embeddings.ts";
import { testVectorStore } from "../testing/vector-store/test-vector-store.ts";
import { SottoVectorStore } from "./sotto-vector-store.ts";

testVectorStore("SottoVectorStore", async (embeddings) => {
  const embedder = await fromEmbeddings(embeddings, { id: "topics", dimensions: 16 });
  const sotto = createSotto({ storage: memoryStorage(), embedder });
  return { store: new SottoVectorStore(embeddings, { sotto }), cleanup: () => sotto.close() };
});

const HELP = [
  "You can return a router within 30 days.",
  "Refunds are paid to your bank account within five days.",
  "The part number of the power supply is PSU-4471.",
];

describe("SottoVectorStore", () => {
  let sotto: Sotto;

  beforeEach(() => {
    sotto = createSotto({ storage: memoryStorage() });
  });

  afterEach(() => sotto.close());

  it("is made from texts with one metadata or one each", async () => {
    const one = await SottoVectorStore.fromTexts(HELP, { source: "faq" }, new SottoEmbeddings(), { sotto });
    expect((await one.similaritySearch("refund", 1))[0]?.metadata).toEqual({ source: "faq" });
    const each = await SottoVectorStore.fromTexts(HELP, [{ n: 0 }, { n: 1 }, { n: 2 }], new SottoEmbeddings(), {
      sotto,
      indexName: "each",
    });
    expect((await each.similaritySearch("bank account", 1))[0]?.metadata).toEqual({ n: 1 });
  });

  it("is made from documents, and there again for another store of the same index", async () => {
    const documents = HELP.map((pageContent) => new Document({ pageContent }));
    await SottoVectorStore.fromDocuments(documents, new SottoEmbeddings(), { sotto, indexName: "help" });
    const again = new SottoVectorStore(new SottoEmbeddings(), { sotto, indexName: "help" });
    expect((await again.similaritySearch("send a router back", 1))[0]?.pageContent).toBe(HELP[0]);
  });

  it("finds a part number by its letters, which a vector does not know", async () => {
    const store = await SottoVectorStore.fromTexts(HELP, {}, new SottoEmbeddings(), { sotto });
    const [[document, score] = []] = await store.similaritySearchWithScore("PSU-4471", 1);
    expect(document?.pageContent).toBe(HELP[2]);
    expect(score).toBeGreaterThan(0.3);
  });

  it("leaves out what is weaker than minScore", async () => {
    const store = await SottoVectorStore.fromTexts(HELP, {}, new SottoEmbeddings(), { sotto, minScore: 0.2 });
    expect(await store.similaritySearch("xqzzv", 3)).toEqual([]);
    expect((await store.similaritySearch("refund to my bank account", 3)).map((d) => d.pageContent)).toEqual([HELP[1]]);
  });

  it("filters by nested metadata and by operators", async () => {
    const store = await SottoVectorStore.fromDocuments(
      HELP.map((pageContent, page) => new Document({ pageContent, metadata: { loc: { page } } })),
      new SottoEmbeddings(),
      { sotto },
    );
    const found = await store.similaritySearch("days", 3, { "loc.page": { $lte: 1 } });
    expect(found.map((document) => document.metadata.loc.page).sort()).toEqual([0, 1]);
  });

  it("deletes by filter and all, and gives documents by id", async () => {
    const store = new SottoVectorStore(new SottoEmbeddings(), { sotto });
    const documents = HELP.map((pageContent, page) => new Document({ pageContent, metadata: { page } }));
    await store.addDocuments(documents, { ids: ["x", "y", "z"] });
    expect((await store.getByIds(["z", "none", "x"])).map(({ id }) => id)).toEqual(["z", "x"]);
    await store.delete({ filter: { page: { $gte: 1 } } });
    expect((await store.getByIds(["x", "y", "z"])).map(({ id }) => id)).toEqual(["x"]);
    await store.delete({ deleteAll: true });
    expect(await store.getByIds(["x"])).toEqual([]);
    expect(await sotto.listIndexes()).toEqual([]);
  });

  it("refuses vectors or ids that are not as many as the documents", async () => {
    const store = new SottoVectorStore(new SottoEmbeddings(), { sotto });
    const document = new Document({ pageContent: "a" });
    await expect(store.addVectors([], [document])).rejects.toThrow("there are 0 for 1 documents");
    await expect(store.addDocuments([document], { ids: ["x", "y"] })).rejects.toThrow("there are 2 for 1 documents");
  });

  it("says which length vectors must have", async () => {
    const store = await SottoVectorStore.fromTexts(HELP, {}, new SottoEmbeddings(), { sotto });
    await expect(store.similaritySearchVectorWithScore([1, 0, 0, 0, 0, 0, 0, 0], 1)).rejects.toThrow(
      "it has 8 values; the index has 256 dimensions",
    );
  });
});
