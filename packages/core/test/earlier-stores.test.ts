import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { staticEmbedder } from "@sotto/embed-static";
import { createSotto } from "../src/create-sotto.ts";
import type { Embedder } from "../src/engine/index.ts";
import type { Sotto } from "../src/sotto.ts";
import { sqliteStorage } from "../src/storage/node/index.ts";

const ann = "ann@example.com";
const tiny: Embedder = {
  id: "tiny-1",
  dimensions: 8,
  calibration: { low: 0.2, high: 0.9 },
  embed: async (texts) => texts.map(() => Float32Array.of(1, 0, 0, 0, 0, 0, 0, 0)),
};

/** See fixtures/write-store-1.mjs for what was written. A store that was written once is read for ever after. */
describe("a store of format 1, as it was first released", () => {
  let folder: string;
  let sotto: Sotto;
  let close: () => Promise<void>;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sotto-earlier-"));
    cpSync(fileURLToPath(new URL("./fixtures/store-1", import.meta.url)), folder, { recursive: true });
    const storage = sqliteStorage({ directory: folder });
    sotto = createSotto({
      storage,
      // The default model of that time by name; its vectors are of the same length.
      embedder: { ...staticEmbedder(), id: "static-v1" },
      embedders: [tiny],
      consolidator: { id: "none", consolidate: async () => ({ memories: [] }) },
    });
    close = async () => {
      await sotto.close();
      await storage.close();
    };
  });
  afterEach(async () => {
    await close();
    rmSync(folder, { recursive: true, force: true });
  });

  const lines = async (user: string) => {
    const all: Record<string, unknown>[] = [];
    for await (const line of sotto.export({ user })) all.push(JSON.parse(line));
    return all;
  };
  const textsOf = (all: Record<string, unknown>[], type: string) =>
    all.filter((line) => line.type === type).map(({ text }) => text);

  it("still has its indexes, with their settings", async () => {
    expect((await sotto.listIndexes()).map(({ name }) => name)).toEqual([
      "empty",
      "handbook",
      "minutes",
      "parts",
      "tiny",
    ]);
    expect(await sotto.getIndex("handbook")).toMatchObject({
      docCount: 2,
      chunkCount: 4,
      metadata: { language: "en", edition: 2 },
      chunking: { by: "heading", maxChars: 100 },
      dimensions: 256,
    });
    expect(await sotto.getIndex("tiny")).toMatchObject({ docCount: 2, embedderId: "tiny-1", dimensions: 8 });
  });

  it("still has every document, its metadata, payload and place, and none that was deleted", async () => {
    expect(await sotto.getDocs("parts")).toEqual([
      {
        id: "HX-2209",
        text: "Pump seal HX-2209 for the blue pump.",
        metadata: { price: 12.5, stock: true },
        payload: { shelf: "B7", tags: ["seal", "pump"] },
      },
      {
        id: "HX-3310",
        text: "Gasket HX-3310, made of rubber now.",
        metadata: { price: 4, stock: true },
        payload: { shelf: "C2" },
      },
      { id: "HX-4400", text: "Valve HX-4400, of brass." },
    ]);
    const chunks = await sotto.getDocs("handbook", { ids: ["parking"] });
    expect(chunks.map(({ id, chunk }) => [id, chunk])).toEqual([
      ["parking#0", { parentId: "parking", position: 0 }],
      ["parking#1", { parentId: "parking", position: 1 }],
    ]);
    expect(chunks[0]?.metadata).toEqual({ language: "en", edition: 2, topic: "site", place: [52.5, 13.4] });
  });

  it("still finds them, by words, by filter and by a vector of their own", async () => {
    for (const [index, question, id] of [
      ["parts", "gasket of rubber", "HX-3310"],
      ["parts", "hx-2209", "HX-2209"],
      ["handbook", "When does the garage close?", "parking#0"],
      ["minutes", "the room called Neptune", "note"],
    ] as const)
      expect((await sotto.query(index, question)).hits[0]).toMatchObject({ id, index });
    expect(
      (await sotto.query("parts", "pump gasket", { filter: { price: { $gt: 10 } } })).hits.map(({ id }) => id),
    ).toEqual(["HX-2209"]);
    expect((await sotto.query("tiny", "", { embedding: [1, 0, 0, 0, 0, 0, 0, 0] })).hits[0]?.id).toBe("t2");
  });

  it("can be added to", async () => {
    expect(await sotto.addDocs("parts", [{ id: "HX-3310", text: "Gasket HX-3310, of steel." }])).toMatchObject({
      updated: 1,
    });
    expect(
      await sotto.recordTurn({ user: ann, session: "call-2", role: "user", text: "And another thing." }),
    ).not.toBeNull();
    expect(await sotto.updateProfile(ann, { data: { city: "Nice" } })).toMatchObject({
      version: 3,
      data: { city: "Nice" },
    });
  });

  it("still knows its users: profiles with history, memories and what replaced them, sessions and their turns", async () => {
    expect(await sotto.profile(ann)).toMatchObject({
      version: 2,
      data: { city: "Lyon", plan: "gold", pets: ["Rex"] },
      summary: "Ann from Lyon has a dog.",
    });
    expect((await sotto.profileHistory(ann)).map(({ data }) => data.plan)).toEqual(["basic", "gold"]);
    expect(await sotto.profile("bob")).toMatchObject({ version: 3, data: { language: "Portuguese", shoes: 44 } });
    const of = await lines(ann);
    expect(textsOf(of, "memory").sort()).toEqual([
      "Ann drives a green bicycle.",
      "Ann drives a red van.",
      "Ann is allergic to walnuts.",
      "Ann: My dog is called Rex.\nAssistant: What a fine name.",
      "Ann: The boiler in the cellar drips.\nAssistant: I shall send a plumber.",
    ]);
    expect((await sotto.memories(ann)).map(({ text }) => text)).not.toContain("Ann drives a red van.");
    expect(of.filter(({ type }) => type === "session")).toMatchObject([
      { sessionId: "call-1", role: "owner", ended: true },
      { sessionId: "call-2", role: "owner", ended: false },
      { sessionId: "team", role: "owner", ended: false },
    ]);
    expect(textsOf(of, "turn")).toEqual([
      "My dog is called Rex.",
      "What a fine name.",
      "The boiler in the cellar drips.",
      "I shall send a plumber.",
      "I am calling about invoice 8841.",
      "Invoice 8841 was paid in March.",
      "Let us talk about the roof.",
      "The roof needs forty new tiles.",
    ]);
    expect(textsOf(of, "document")).toEqual(["The meeting room is called Neptune."]);
    const others = await lines("bob");
    expect(textsOf(others, "turn")).toEqual(["Let us talk about the roof.", "My locker number is 77."]);
    expect(textsOf(others, "memory")).toEqual(["Bob speaks Portuguese.", "Bob: My locker number is 77."]);
  });

  it("still recalls what they said", async () => {
    const options = { user: ann, timeoutMs: 10_000, minScore: 0 };
    expect((await sotto.searchMemory("What is my dog called?", options)).contextText).toMatch(/My dog is called Rex/);
    const { contextText } = await sotto.searchMemory("invoice 8841", { ...options, session: "call-2" });
    expect(contextText).toMatch(/Invoice 8841 was paid in March/);
  });

  it("forgets them", async () => {
    expect(await sotto.forget({ user: ann })).toMatchObject({ sessions: 3, profileVersions: 2 });
    expect(await lines(ann)).toEqual([]);
  });
});
