import type { DocumentInterface } from "@langchain/core/documents";
import { RunnableLambda } from "@langchain/core/runnables";
import { createSotto, memoryStorage, type Sotto, staticEmbedder } from "@sotto/core";
import { SottoEmbeddings } from "../embeddings/sotto-embeddings.ts";
import { shop } from "../fixtures/shop.ts";
import { SottoVectorStore } from "../vector-store/sotto-vector-store.ts";
import { SottoRetriever } from "./sotto-retriever.ts";

describe("SottoRetriever", () => {
  let sotto: Sotto;

  beforeEach(async () => {
    sotto = await shop();
  });

  afterEach(() => sotto.close());

  const ids = (documents: readonly DocumentInterface[]) => documents.map(({ id }) => id);

  it("finds documents, best first, with score, index and source", async () => {
    const retriever = new SottoRetriever({ sotto, indexes: "help", k: 2 });
    const [first, second] = await retriever.invoke("return a router within how many days?");
    expect(first).toMatchObject({
      id: "returns",
      pageContent: "A router can be returned within 30 days.",
      metadata: { title: "Returns", index: "help", source: "returns" },
    });
    expect(first?.metadata.score).toBeGreaterThan(second?.metadata.score as number);
    expect(first?.metadata.score).toBeLessThanOrEqual(1);
  });

  it("names the document that a chunk was cut from", async () => {
    await sotto.createIndex(
      "manual",
      [{ id: "guide", text: "# Setup\nPlug the cable in.\n\n# Reset\nHold the button." }],
      {
        chunking: { by: "heading" },
      },
    );
    const [found] = await new SottoRetriever({ sotto, indexes: "manual", k: 1 }).invoke("hold the reset button");
    expect(found?.metadata).toMatchObject({ parentId: "guide", source: "guide", position: 1 });
  });

  it("gives back the metadata of documents that a vector store wrote, their own source too", async () => {
    await SottoVectorStore.fromTexts(["Tea is hot."], { source: "tea.md", tags: ["drink"] }, new SottoEmbeddings(), {
      sotto,
      indexName: "drinks",
    });
    const [found] = await new SottoRetriever({ sotto, indexes: ["help", "drinks"], k: 1 }).invoke("hot tea");
    expect(found?.metadata).toMatchObject({ source: "tea.md", tags: ["drink"], index: "drinks" });
  });

  it("searches by words or by vectors alone", async () => {
    const search = (searchType: "keyword" | "similarity" | "hybrid", query: string) =>
      new SottoRetriever({ sotto, indexes: "help", k: 1, searchType, explain: true }).invoke(query);
    expect(ids(await search("keyword", "PSU-4471"))).toEqual(["power"]);
    const [keyword] = await search("keyword", "bank account");
    expect(keyword?.metadata.explain).toMatchObject({ alpha: 0 });
    const [similar] = await search("similarity", "bank account");
    expect(similar?.metadata.explain).toMatchObject({ alpha: 1 });
    const [hybrid] = await search("hybrid", "bank account");
    expect(hybrid?.metadata.explain).toMatchObject({ alpha: 0.3 });
  });

  it("prefers by mmr what differs", async () => {
    await sotto.createIndex("twice", [
      { id: "a", text: "The refund takes five days." },
      { id: "b", text: "The refund takes five days!" },
      { id: "c", text: "A refund needs the receipt of the shop." },
    ]);
    const search = (lambda: number) =>
      new SottoRetriever({ sotto, indexes: "twice", k: 2, searchType: "mmr", lambda }).invoke(
        "the refund takes how long",
      );
    expect(ids(await search(1))).toEqual(["a", "b"]);
    expect(ids(await search(0.1))).toEqual(["a", "c"]);
  });

  it("filters, and leaves out what is too weak", async () => {
    const filtered = new SottoRetriever({ sotto, indexes: "help", filter: { title: "Parts" } });
    expect(ids(await filtered.invoke("router days refund power"))).toEqual(["power"]);
    expect(await new SottoRetriever({ sotto, indexes: "help", minScore: 0.9 }).invoke("weather")).toEqual([]);
  });

  it("calls back at the start, the end and on errors, with tags and run name", async () => {
    const events: unknown[] = [];
    const callbacks = [
      {
        handleRetrieverStart: (_: unknown, query: string, __: string, ___?: string, tags?: string[]) =>
          void events.push(["start", query, tags]),
        handleRetrieverEnd: (documents: DocumentInterface[]) => void events.push(["end", documents.length]),
        handleRetrieverError: (error: Error) => void events.push(["error", error.message]),
      },
    ];
    const retriever = new SottoRetriever({ sotto, indexes: "help", k: 1, tags: ["faq"], callbacks });
    await retriever.invoke("refund");
    expect(events).toEqual([
      ["start", "refund", ["faq"]],
      ["end", 1],
    ]);
    await expect(new SottoRetriever({ sotto, indexes: "missing" }).invoke("refund", { callbacks })).rejects.toThrow();
    expect(events.at(-1)).toEqual(["error", expect.stringContaining('There is no index "missing"')]);
  });

  it("works without callbacks, as part of a chain and in a batch", async () => {
    const retriever = new SottoRetriever({ sotto, indexes: "help", k: 1 });
    const chain = retriever.pipe(RunnableLambda.from((found: DocumentInterface[]) => found[0]?.id));
    expect(await chain.batch(["return a router", "part number"])).toEqual(["returns", "power"]);
    expect(ids(await retriever._getRelevantDocuments("bank account"))).toEqual(["refunds"]);
  });

  describe("with a search that never ends", () => {
    let stuck: SottoRetriever;
    let slow: Sotto;

    beforeEach(async () => {
      const inner = staticEmbedder();
      slow = createSotto({
        storage: memoryStorage(),
        embedder: {
          id: inner.id,
          dimensions: inner.dimensions,
          calibration: inner.calibration,
          embed: (texts, options) => (options.kind === "query" ? new Promise(() => {}) : inner.embed(texts, options)),
        },
      });
      await slow.createIndex("help", [{ id: "a", text: "A refund takes five days." }]);
      stuck = new SottoRetriever({ sotto: slow, indexes: "help" });
    });

    afterEach(() => slow.close());

    it("rejects a direct invoke with the signal's reason", async () => {
      const controller = new AbortController();
      const errors: string[] = [];
      const running = stuck.invoke("refund", {
        signal: controller.signal,
        callbacks: [{ handleRetrieverError: (error: Error) => void errors.push(error.message) }],
      });
      controller.abort(new Error("hung up"));
      await expect(running).rejects.toThrow("hung up");
      expect(errors).toEqual(["hung up"]);
      await expect(stuck.invoke("refund", { signal: AbortSignal.abort(new Error("before")) })).rejects.toThrow(
        "before",
      );
    });

    it("rejects a direct invoke when its timeout is over", async () => {
      await expect(stuck.invoke("refund", { timeout: 1 })).rejects.toMatchObject({ name: "TimeoutError" });
    });
  });
});
