import { createSotto } from "../src/create-sotto.ts";
import type { Embedder } from "../src/engine/index.ts";
import type { Sotto } from "../src/sotto.ts";
import { memoryStorage } from "../src/storage/index.ts";

const COUNT = 10_500;

/** Eight numbers a text. Fails from the `failsFrom`th text on, and says how often it was asked for a question. */
function tinyEmbedder(): Embedder & { failsFrom: number; questions: number } {
  let embedded = 0;
  return {
    id: "tiny",
    dimensions: 8,
    calibration: { low: 0, high: 1 },
    failsFrom: Number.POSITIVE_INFINITY,
    questions: 0,
    async embed(texts, { kind }) {
      if (kind === "query") this.questions++;
      else embedded += texts.length;
      if (embedded > this.failsFrom) throw new Error("out of breath");
      return texts.map(() => Float32Array.of(1, 0, 0, 0, 0, 0, 0, 0));
    },
  };
}

const documents = (text: string, from = 0) =>
  Array.from({ length: COUNT }, (_, n) => ({ id: `d${from + n}`, text: `${text} ${from + n}` }));

describe("a call of more documents than one batch of the log", () => {
  let embedder: ReturnType<typeof tinyEmbedder>;
  let sotto: Sotto;
  beforeEach(() => {
    embedder = tinyEmbedder();
    sotto = createSotto({ storage: memoryStorage(), embedder });
  });
  afterEach(() => sotto.close());

  const versions = async () => {
    const all = await sotto.getDocs("big", { limit: COUNT * 2 });
    return { old: all.filter(({ text }) => text.startsWith("old")).length, count: all.length, all };
  };

  it("updates every document and says so, and shows each in one of its versions meanwhile", async () => {
    await sotto.createIndex("big", documents("old"));
    const ids = ["d0", "d9999", "d10000", `d${COUNT - 1}`];
    const looks: Promise<string[]>[] = [];
    const result = await sotto.addDocs("big", documents("new"), {
      onProgress: () => looks.push(sotto.getDocs("big", { ids }).then((found) => found.map(({ id }) => id))),
    });
    expect(result).toMatchObject({ added: 0, updated: COUNT });
    expect(await versions()).toMatchObject({ old: 0, count: COUNT });
    expect(looks.length).toBeGreaterThan(10);
    for (const look of looks) expect(await look).toEqual(ids);
  });

  it.each(["addDocs", "createIndex"] as const)(
    "leaves every document in one version when %s fails half way, and says how far it came",
    async (method) => {
      await sotto.createIndex("big", documents("old"));
      embedder.failsFrom = COUNT + 10_100;
      const call =
        method === "addDocs"
          ? sotto.addDocs("big", documents("new"))
          : sotto.createIndex("big", documents("new"), { ifExists: "replace" });
      await expect(call).rejects.toMatchObject({
        code: "embedding.failed",
        message: expect.stringMatching(/10000 of the 10500 documents/),
        details: { written: 10_000, total: COUNT },
      });
      expect(await versions()).toMatchObject({ old: 500, count: COUNT });
      embedder.failsFrom = Number.POSITIVE_INFINITY;
      await sotto.addDocs("big", documents("new"));
      expect(await versions()).toMatchObject({ old: 0, count: COUNT });
    },
  );

  it("replaces an index: what the new one does not hold is gone once all of it is in", async () => {
    await sotto.createIndex("big", documents("old"), { metadata: { edition: 1 } });
    await sotto.createIndex("big", documents("new", 5_000), { ifExists: "replace", metadata: { edition: 2 } });
    const { old, count, all } = await versions();
    expect({ old, count }).toEqual({ old: 0, count: COUNT });
    expect(all.every(({ metadata }) => metadata?.edition === 2)).toBe(true);
    expect(await sotto.getIndex("big")).toMatchObject({ metadata: { edition: 2 } });
  });

  it("adds new documents with upsert: false", async () => {
    await sotto.createIndex("big", []);
    expect(await sotto.addDocs("big", documents("new"), { upsert: false })).toMatchObject({ added: COUNT, updated: 0 });
    expect(await versions()).toMatchObject({ count: COUNT });
  });

  it("refuses a taken id with upsert: false before anything is written", async () => {
    await sotto.createIndex("big", [{ id: `d${COUNT - 1}`, text: "taken" }]);
    await expect(sotto.addDocs("big", documents("new"), { upsert: false })).rejects.toMatchObject({
      code: "document.exists",
      message: expect.stringMatching(/Nothing was written/),
      details: { ids: [`d${COUNT - 1}`] },
    });
    expect(await versions()).toMatchObject({ count: 1 });
  });
});

describe("documents that are cut", () => {
  it("are counted as they were handed in, whatever their passages", async () => {
    await using sotto = createSotto({ storage: memoryStorage(), embedder: tinyEmbedder() });
    const section = (name: string) => `# ${name}\n\n${"word ".repeat(30)}\n\n`;
    const chunking = { by: "heading", maxChars: 200 } as const;
    await sotto.createIndex("cut", [{ id: "a", text: section("one") + section("two") }], { chunking });
    expect(
      await sotto.addDocs("cut", [
        { id: "a", text: section("one") + section("two") + section("three") },
        { id: "b", text: section("four") },
      ]),
    ).toMatchObject({ added: 1, updated: 1 });
    expect(await sotto.addDocs("cut", [{ id: "a", text: section("one") }])).toMatchObject({ added: 0, updated: 1 });
    expect((await sotto.getDocs("cut")).map(({ id }) => id).sort()).toEqual(["a#0", "b#0"]);
  });

  it("must not get the id of another document of the call", async () => {
    await using sotto = createSotto({ storage: memoryStorage(), embedder: tinyEmbedder() });
    const both = [
      { id: "a#0", text: "a document that is called like a passage" },
      { id: "a", text: "a document" },
    ];
    await expect(sotto.createIndex("cut", both, { chunking: { by: "size" } })).rejects.toMatchObject({
      code: "document.invalid",
      message: expect.stringMatching(/"a#0"/),
    });
  });
});

describe("the question's vector", () => {
  it("is asked for once, however many indexes of one model are searched", async () => {
    const embedder = tinyEmbedder();
    await using sotto = createSotto({ storage: memoryStorage(), embedder });
    for (const name of ["a", "b", "c"]) await sotto.createIndex(name, [{ id: name, text: `the text of ${name}` }]);
    const { hits } = await sotto.query(["a", "b", "c"], "the text");
    expect(hits.map(({ index }) => index).sort()).toEqual(["a", "b", "c"]);
    expect(embedder.questions).toBe(1);
  });

  it("of a wrong length is the model's fault, whether it answers at once or by promise", async () => {
    const short = Float32Array.of(1, 0, 0);
    for (const own of [{ embedQuerySync: () => short }, {}]) {
      const embedder: Embedder = {
        ...tinyEmbedder(),
        embed: async (texts, { kind }) =>
          texts.map(() => (kind === "query" ? short : Float32Array.of(1, 0, 0, 0, 0, 0, 0, 0))),
        ...own,
      };
      await using sotto = createSotto({ storage: memoryStorage(), embedder });
      await sotto.createIndex("a", [{ id: "a", text: "a text" }]);
      await expect(sotto.query("a", "a text")).rejects.toMatchObject({ code: "embedding.failed" });
    }
  });
});
