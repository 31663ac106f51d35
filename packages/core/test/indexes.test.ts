import { createSotto } from "../src/create-sotto.ts";
import type { Document } from "../src/engine/documents/document.ts";
import type { Embedder } from "../src/engine/embedding/embedder.ts";
import type { Sotto } from "../src/sotto.ts";
import { memoryStorage } from "../src/storage/memory/memory-storage.ts";

const help: Document[] = [
  { id: "returns", text: "You can return a router within 30 days of delivery.", metadata: { area: "shop", days: 30 } },
  { id: "outage", text: "During an outage the light on the router blinks red.", metadata: { area: "network" } },
  {
    id: "billing",
    text: "Invoices are sent on the first day of the month. Part SKU-4471-B costs $49.99.",
    metadata: { area: "billing", open: true },
  },
];

/** Counts what it embeds; every text gets the same vector. */
function countingEmbedder(id = "counting"): Embedder & { embedded: number } {
  return {
    id,
    dimensions: 8,
    calibration: { low: 0, high: 1 },
    embedded: 0,
    async embed(texts, { kind }) {
      if (kind === "document") this.embedded += texts.length;
      return texts.map(() => Float32Array.of(1, 0, 0, 0, 0, 0, 0, 0));
    },
  };
}

describe("indexes", () => {
  let sotto: Sotto;
  beforeEach(() => {
    sotto = createSotto({ storage: memoryStorage() });
  });
  afterEach(() => sotto.close());

  it("finds the right document by meaning, by word and by part number", async () => {
    expect(await sotto.createIndex("help", help)).toEqual({
      indexName: "help",
      docCount: 3,
      chunkCount: 3,
      version: 2,
    });
    for (const [question, id] of [
      ["how long do I have to send back my modem?", "returns"],
      ["red light", "outage"],
      ["sku-4471-b", "billing"],
    ] as const) {
      const { hits } = await sotto.query("help", question);
      expect(hits[0]).toMatchObject({ id, index: "help", metadata: help.find((doc) => doc.id === id)?.metadata });
      expect(hits[0]?.score).toBeGreaterThan(0);
      expect(hits[0]?.score).toBeLessThanOrEqual(1);
    }
  });

  it("finds a document by its title, more than by the same words in a text, in every chunk, and shows it", async () => {
    const filler = "Put the hose back and close the lid. ".repeat(12);
    await sotto.createIndex(
      "manual",
      [
        { id: "body", text: "Replacing the drain pump takes ten minutes." },
        { id: "titled", title: "Replacing the drain pump", text: `Ten minutes. ${filler}` },
      ],
      { chunking: { by: "sentence", maxChars: 200 } },
    );
    const { hits } = await sotto.query("manual", "drain pump", { topK: 10 });
    expect(hits.length).toBeGreaterThan(3);
    expect(hits.filter(({ title }) => title === "Replacing the drain pump")).toHaveLength(hits.length - 1);
    expect(hits[0]).toMatchObject({ title: "Replacing the drain pump", chunk: { parentId: "titled" } });
  });

  it("appends to, replaces or refuses an existing index, as told", async () => {
    await sotto.createIndex("help", help);
    expect(await sotto.createIndex("help", [{ id: "new", text: "A new plan." }])).toMatchObject({ docCount: 4 });
    await expect(sotto.createIndex("help", [], { ifExists: "error" })).rejects.toMatchObject({ code: "index.exists" });
    expect(
      await sotto.createIndex("help", [{ id: "only", text: "The only one." }], { ifExists: "replace" }),
    ).toMatchObject({ docCount: 1 });
    expect((await sotto.getDocs("help")).map((doc) => doc.id)).toEqual(["only"]);
  });

  it("adds, updates, deletes and lists documents", async () => {
    await sotto.createIndex("help", help);
    expect(
      await sotto.addDocs("help", [
        { id: "returns", text: "Returns take 14 days." },
        { id: "x", text: "Zebra crossing." },
      ]),
    ).toMatchObject({ added: 1, updated: 1 });
    expect(await sotto.deleteDocs("help", ["x", "unknown"])).toMatchObject({ deleted: 1 });
    expect(await sotto.deleteDocs("help", { filter: { area: "network" } })).toMatchObject({ deleted: 1 });
    expect((await sotto.getDocs("help")).map((doc) => doc.id).sort()).toEqual(["billing", "returns"]);
    expect(await sotto.getDocs("help", { ids: ["billing"] })).toMatchObject([
      { id: "billing", metadata: { open: true } },
    ]);
    expect((await sotto.query("help", "zebra crossing")).hits.map(({ id }) => id)).not.toContain("x");
  });

  it("refuses a taken id when upsert is false, and writes nothing", async () => {
    await sotto.createIndex("help", help);
    await expect(
      sotto.addDocs(
        "help",
        [
          { id: "fresh", text: "fresh" },
          { id: "outage", text: "again" },
        ],
        { upsert: false },
      ),
    ).rejects.toMatchObject({
      code: "document.exists",
      details: { ids: ["outage"] },
    });
    expect(await sotto.getIndex("help")).toMatchObject({ docCount: 3 });
  });

  it("remembers chunking, and replaces all chunks of a document that became shorter", async () => {
    const long = ["# One", "First words.", "# Two", "Second words.", "# Three", "Third words."].join("\n\n");
    await sotto.createIndex("docs", [{ id: "a", text: long }], {
      chunking: { by: "heading" },
      metadata: { product: "sotto" },
    });
    expect(await sotto.getIndex("docs")).toMatchObject({
      docCount: 1,
      chunkCount: 3,
      chunking: { by: "heading" },
      metadata: { product: "sotto" },
    });
    const { hits } = await sotto.query("docs", "second");
    expect(hits[0]).toMatchObject({ id: "a#1", chunk: { parentId: "a", position: 1 }, metadata: { product: "sotto" } });
    await sotto.addDocs("docs", [{ id: "a", text: "# One\n\nOnly words." }]);
    expect(await sotto.getIndex("docs")).toMatchObject({ docCount: 1, chunkCount: 1 });
    expect(await sotto.deleteDocs("docs", ["a"])).toMatchObject({ deleted: 1 });
  });

  it("searches several indexes at once and tags each hit", async () => {
    await sotto.createIndex("help", help);
    await sotto.createIndex("news", [{ id: "n1", text: "The router of the year costs nothing." }]);
    const { hits } = await sotto.query(["help", "news"], "router");
    expect(new Set(hits.map((hit) => hit.index))).toEqual(new Set(["help", "news"]));
  });

  it("lists, unloads, loads and deletes indexes", async () => {
    await sotto.createIndex("help", help);
    await sotto.createIndex("other", []);
    expect((await sotto.listIndexes()).map(({ name, docCount }) => [name, docCount])).toEqual([
      ["help", 3],
      ["other", 0],
    ]);
    expect(await sotto.unloadIndex("help")).toBe(true);
    expect(await sotto.unloadIndex("help")).toBe(false);
    const [first, second] = await Promise.all([sotto.loadIndex("help"), sotto.loadIndex("help")]);
    expect(first.bytes).toBe(second.bytes);
    expect(await sotto.deleteIndex("help")).toBe(true);
    expect(await sotto.deleteIndex("help")).toBe(false);
    await expect(sotto.query("help", "router")).rejects.toMatchObject({ code: "index.not_found" });
  });

  it("embeds nothing again when it opens what another instance wrote", async () => {
    const storage = memoryStorage();
    const first = createSotto({ storage, embedder: countingEmbedder() });
    await first.createIndex("help", help);
    const embedder = countingEmbedder();
    const second = createSotto({ storage, embedder });
    expect((await second.query("help", "outage")).hits[0]).toMatchObject({ id: "outage" });
    expect(embedder.embedded).toBe(0);
    await first.close();
    await second.close();
  });

  it("embeds no document that brings its own vector, and takes a query's own vector", async () => {
    const embedder = countingEmbedder();
    const own = createSotto({ storage: memoryStorage(), embedder });
    await own.createIndex("v", [
      { id: "x", text: "", embedding: [0, 5, 0, 0, 0, 0, 0, 0] },
      { id: "y", text: "", embedding: [3, 0, 0, 0, 0, 0, 0, 0] },
    ]);
    const { hits } = await own.query("v", "", { embedding: [1, 0.1, 0, 0, 0, 0, 0, 0], explain: true });
    expect(hits.map((hit) => hit.id)).toEqual(["y", "x"]);
    expect(hits[0]?.explain).toMatchObject({ alpha: 1 });
    expect(embedder.embedded).toBe(0);
    await own.close();
  });

  it("keeps projects apart", async () => {
    const storage = memoryStorage();
    const [a, b] = ["a", "b"].map((project) => createSotto({ storage, project })) as [Sotto, Sotto];
    await a.createIndex("help", help);
    expect(await b.listIndexes()).toEqual([]);
    await expect(b.query("help", "router")).rejects.toMatchObject({ code: "index.not_found" });
    await a.close();
    await b.close();
  });

  it("writes once for one idempotency key", async () => {
    await sotto.createIndex("help", []);
    const first = await sotto.addDocs("help", help, { idempotencyKey: "import-1" });
    const again = await sotto.addDocs("help", help, { idempotencyKey: "import-1" });
    expect(first.added).toBe(3);
    expect(again).toMatchObject({ added: 0, updated: 0, version: first.version });
  });

  it("uses a reranker when asked, and only then", async () => {
    const reranking = createSotto({
      storage: memoryStorage(),
      reranker: { id: "by-length", rerank: async (_query, documents) => documents.map((text) => 1 / text.length) },
    });
    await reranking.createIndex("help", help);
    const plain = await reranking.query("help", "router", { topK: 2 });
    const reranked = await reranking.query("help", "router", { topK: 2, rerank: true, explain: true });
    expect(reranked.hits[0]?.score).toBeCloseTo(1 / (reranked.hits[0]?.text.length as number));
    expect(reranked.hits[0]?.explain?.scoreBeforeRerank).toBeGreaterThan(0);
    expect(plain.hits.map((hit) => hit.id).sort()).toEqual(reranked.hits.map((hit) => hit.id).sort());
    await reranking.close();
  });

  it("reports progress", async () => {
    const phases: string[] = [];
    await sotto.createIndex("help", help, {
      onProgress: ({ phase, done, total }) => phases.push(`${phase} ${done}/${total}`),
    });
    expect(phases).toEqual(["chunk 3/3", "embed 3/3", "write 3/3"]);
  });

  describe("given bad input", () => {
    const cases: [string, (sotto: Sotto) => Promise<unknown>, string, RegExp][] = [
      ["an empty query", (s) => s.query("help", "  "), "query.invalid", /text is empty/],
      ["an unknown index", (s) => s.query("nope", "x"), "index.not_found", /"nope"/],
      ["no index", (s) => s.query([], "x"), "query.invalid", /no index is named/],
      [
        "a document of 100,001 characters",
        (s) => s.addDocs("help", [{ id: "long", text: "x".repeat(100_001) }]),
        "limit.exceeded",
        /100001 is over the limit documentChars = 100000/,
      ],
      [
        "duplicate ids",
        (s) =>
          s.addDocs("help", [
            { id: "a", text: "1" },
            { id: "b", text: "2" },
            { id: "a", text: "3" },
          ]),
        "document.duplicate_id",
        /"a" is used twice in one call, by documents 0 and 2/,
      ],
      [
        "a NaN in an embedding",
        (s) => s.addDocs("help", [{ id: "a", text: "1", embedding: new Float32Array(256).fill(Number.NaN) }]),
        "embedding.invalid",
        /value 0 is NaN/,
      ],
      [
        "an embedding of the wrong length",
        (s) => s.addDocs("help", [{ id: "a", text: "1", embedding: [1, 2] }]),
        "embedding.invalid",
        /2 values; the index has 256 dimensions/,
      ],
      [
        "a query embedding of the wrong length",
        (s) => s.query("help", "x", { embedding: [1] }),
        "embedding.invalid",
        /1 values/,
      ],
      [
        "an all-zero embedding",
        (s) => s.query("help", "x", { embedding: new Float32Array(256) }),
        "embedding.invalid",
        /zero/,
      ],
      [
        "an unknown operator",
        (s) => s.query("help", "x", { filter: { days: { $above: 3 } as never } }),
        "filter.invalid",
        /days/,
      ],
      [
        "a null in metadata",
        (s) => s.addDocs("help", [{ id: "a", text: "1", metadata: { when: null as never } }]),
        "document.invalid",
        /"when" is null/,
      ],
      [
        "an object in metadata",
        (s) => s.addDocs("help", [{ id: "a", text: "1", metadata: { when: { a: 1 } as never } }]),
        "document.invalid",
        /"when" is an object/,
      ],
      [
        "a place off the globe",
        (s) => s.addDocs("help", [{ id: "a", text: "1", metadata: { at: [91, 0] } }]),
        "document.invalid",
        /latitude 91/,
      ],
      [
        "an empty text without an embedding",
        (s) => s.addDocs("help", [{ id: "a", text: " " }]),
        "document.invalid",
        /nothing could find it/,
      ],
      [
        "an id that is no string",
        (s) => s.addDocs("help", [{ id: 7 as never, text: "1" }]),
        "document.invalid",
        /id of document 0/,
      ],
      [
        "a payload that is no JSON",
        (s) => s.addDocs("help", [{ id: "a", text: "1", payload: new Map() as never }]),
        "document.invalid",
        /payload is an instance of Map/,
      ],
      ["topK 0", (s) => s.query("help", "x", { topK: 0 }), "query.invalid", /topK is 0/],
      ["alpha 2", (s) => s.query("help", "x", { alpha: 2 }), "query.invalid", /alpha is 2/],
      ["an empty index name", (s) => s.createIndex("", []), "argument.invalid", /index name/],
      ["an unknown embedder", (s) => s.createIndex("z", [], { embedder: "none" }), "index.embedder_mismatch", /"none"/],
    ];
    it.each(cases)("says what is wrong with %s, and loses nothing", async (_name, call, code, message) => {
      await sotto.createIndex("help", help);
      await expect(call(sotto)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
      expect(await sotto.getIndex("help")).toMatchObject({ docCount: 3, version: 2 });
    });

    it("finds nothing in an empty index", async () => {
      await sotto.createIndex("empty", []);
      expect((await sotto.query("empty", "anything")).hits).toEqual([]);
    });

    it("indexes a document with no known word by its words alone, and says so", async () => {
      await sotto.createIndex("odd", []);
      expect(await sotto.addDocs("odd", [{ id: "q", text: "qzxv wjkq" }])).toMatchObject({
        added: 1,
        withoutEmbedding: 1,
      });
      expect((await sotto.query("odd", "qzxv")).hits[0]).toMatchObject({ id: "q" });
    });

    it("refuses the index of another embedder that it names", async () => {
      const storage = memoryStorage();
      const modelA = countingEmbedder("model-a");
      await createSotto({ storage, embedder: modelA }).createIndex("help", help, { embedder: "model-a" });
      const other = createSotto({ storage, embedder: countingEmbedder("model-b") });
      await expect(other.query("help", "router")).rejects.toMatchObject({
        code: "index.embedder_mismatch",
        details: { indexEmbedderId: "model-a", embedderId: "model-b" },
      });
    });

    it("names an embedder that fails, and writes nothing", async () => {
      const failing: Embedder = {
        ...countingEmbedder(),
        embed: async () => Promise.reject(new Error("model file is gone")),
      };
      const broken = createSotto({ storage: memoryStorage(), embedder: failing });
      await broken.createIndex("help", []);
      await expect(broken.addDocs("help", help)).rejects.toMatchObject({
        code: "embedding.failed",
        message: expect.stringContaining("model file is gone"),
      });
      expect(await broken.getIndex("help")).toMatchObject({ docCount: 0 });
    });

    it("stops when its signal says so", async () => {
      await sotto.createIndex("help", []);
      await expect(sotto.addDocs("help", help, { signal: AbortSignal.abort(new Error("enough")) })).rejects.toThrow(
        "enough",
      );
      await expect(sotto.query("help", "router", { signal: AbortSignal.abort(new Error("enough")) })).rejects.toThrow(
        "enough",
      );
    });

    it("refuses an unknown limit", () => {
      expect(() => createSotto({ storage: memoryStorage(), limits: { documentLength: 3 } as never })).toThrow(
        /no such option; it has documentChars/,
      );
    });
  });
});
