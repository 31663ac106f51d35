import { createSotto, memoryStorage, type Sotto } from "../src/index.ts";

const documents = [{ id: "a", text: "You can return a router within 30 days." }];
const embedder = (fields: object) => ({
  id: "e",
  dimensions: 8,
  calibration: { low: 0, high: 1 },
  embed() {},
  ...fields,
});

describe("options of createSotto", () => {
  it.each<[string, object]>([
    ["colour", { colour: "red" }],
    ["storage", { storage: 7 }],
    ["storage", { storage: { open() {} } }],
    ["embedder", { embedder: {} }],
    ["embedder.dimensions", { embedder: embedder({ dimensions: 4 }) }],
    ["embedder.dimensions", { embedder: embedder({ dimensions: 12 }) }],
    ["embedder.calibration", { embedder: embedder({ calibration: { low: 1, high: 0 } }) }],
    ["embedders[0]", { embedders: ["a-model"] }],
    ["project", { project: "" }],
    ["project", { project: "a\u0000b" }],
    ["agent", { agent: 7 }],
    ["clock", { clock: {} }],
    ["logger", { logger: { warn() {} } }],
    ["consolidator", { consolidator: { id: "x" } }],
    ["reranker", { reranker: () => [] }],
    ["recall.timeoutMs", { recall: { timeoutMs: -1 } }],
    ["recall.minScore", { recall: { minScore: "x" } }],
    ["recall.minscore", { recall: { minscore: 0.2 } }],
    ["recall.orgIndexes", { recall: { orgIndexes: "help" } }],
    ["pool.maxConcurrentUsers", { pool: { maxConcurrentUsers: 0 } }],
    ["retention.sessionsMs", { retention: { sessionsMs: -5 } }],
    ["retention.permanentMs", { retention: { permanentMs: Number.NaN } }],
    ["limits.queryChars", { limits: { queryChars: 0 } }],
    ["limits.queries", { limits: { queries: 5 } }],
  ])("refuse %s: %j", (argument, options) => {
    const make = () => createSotto({ storage: memoryStorage(), ...options });
    expect(make).toThrow(expect.objectContaining({ code: "argument.invalid", argument }));
  });

  it("say what there is when there is no such option", () => {
    expect(() => createSotto({ retension: {} } as object)).toThrow(
      /createSotto has no such option; it has .*retention/,
    );
  });

  it("may be undefined, which is as good as absent", async () => {
    const sotto = createSotto({ storage: memoryStorage(), recall: undefined, agent: undefined } as object);
    await sotto.close();
  });
});

describe("options of a call", () => {
  let sotto: Sotto;
  beforeEach(async () => {
    sotto = createSotto({ storage: memoryStorage() });
    await sotto.createIndex("help", documents);
  });
  afterEach(() => sotto.close());

  it.each<[string, string, (sotto: Sotto) => Promise<unknown>]>([
    ["a borrowed option of getDocs", "docIds", (s) => s.getDocs("help", { docIds: ["a"] } as object)],
    ["a page that is no number", "limit", (s) => s.getDocs("help", { limit: "10" } as never)],
    ["ids that are not in a list", "ids", (s) => s.getDocs("help", { ids: "a" } as never)],
    [
      "a model as third argument",
      "the options of createIndex",
      (s) => s.createIndex("x", documents, "a-model" as never),
    ],
    ["an unknown option of createIndex", "model", (s) => s.createIndex("x", documents, { model: "m" } as object)],
    ["ifExists of another word", "ifExists", (s) => s.createIndex("x", documents, { ifExists: "skip" as never })],
    ["upsert that is no flag", "upsert", (s) => s.addDocs("help", documents, { upsert: "no" as never })],
    ["durability of another word", "durability", (s) => s.addDocs("help", documents, { durability: "fast" as never })],
    ["a signal that is none", "signal", (s) => s.addDocs("help", documents, { signal: {} as never })],
    ["a misspelt filter of deleteDocs", "ids", (s) => s.deleteDocs("help", { fitler: {} } as never)],
    ["one id instead of a list", "ids", (s) => s.deleteDocs("help", "a" as never)],
    ["an unknown option of loadIndex", "refresh", (s) => s.loadIndex("help", { refresh: true } as object)],
    ["an unknown option of query", "top_k", (s) => s.query("help", "router", { top_k: 3 } as object)],
    ["an unknown option of memories", "top", (s) => s.memories("ada", { top: 3 } as object)],
    ["an unknown option of searchMemory", "top_k", (s) => s.searchMemory("router", { user: "ada", top_k: 3 } as never)],
    ["an unknown option of brief", "turns", (s) => s.brief({ user: "ada", turns: 3 } as never)],
    ["an unknown option of session", "userId", (s) => s.session({ id: "call", userId: "ada" } as never)],
  ])("is refused: %s", async (_, argument, call) => {
    await expect(call(sotto)).rejects.toMatchObject({ code: "argument.invalid", argument });
    expect((await sotto.getDocs("help")).map(({ id }) => id)).toEqual(["a"]);
    expect((await sotto.listIndexes()).map(({ name }) => name)).toEqual(["help"]);
  });
});
