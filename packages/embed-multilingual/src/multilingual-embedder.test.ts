import { createSotto, memoryStorage } from "@sotto/core";
import { testEmbedder } from "@sotto/core/testing";
import { cosine } from "../test/cosine.ts";
import { readJson } from "../test/read-json.ts";
import { type MultilingualEmbedder, multilingual } from "./multilingual-embedder.ts";

testEmbedder("use-multilingual-v3", () => multilingual(), { unknownText: "🙂 আমি" });

describe("multilingual", () => {
  const made: MultilingualEmbedder[] = [];
  const embedder = (...options: Parameters<typeof multilingual>) => {
    made.push(multilingual(...options));
    return made.at(-1) as MultilingualEmbedder;
  };
  // The packaged model is shared by all, and stays loaded as long as this one is there.
  const held = multilingual();
  beforeAll(() => held.prewarm());
  afterEach(() => Promise.all(made.splice(0).map((one) => one.dispose())));
  afterAll(() => held.dispose());

  const one = async (text: string, options = {}) =>
    (await embedder(options).embed([text], { kind: "document" }))[0] ?? null;

  const examples = readJson<{ text: string; embedding: number[] }[]>("examples.json");
  it.each(examples)("gives $text the vector of the model itself", async ({ text, embedding }) => {
    expect(cosine(await one(text), embedding)).toBeGreaterThan(0.99999);
  });

  it("puts what is said in one language beside the same in another, and other things elsewhere", async () => {
    const [german, same, other] = await embedder().embed(
      ["Wie lange kann ich den Router zurückgeben?", "Until when may I return the router?", "The mountain is high."],
      { kind: "query" },
    );
    expect(cosine(german, same)).toBeGreaterThan(0.7);
    expect(cosine(german, other)).toBeLessThan(0.3);
  });

  it("finds a German document for a Turkish question, by Sotto's own search", async () => {
    const sotto = createSotto({ storage: memoryStorage(), embedder: embedder() });
    await sotto.createIndex("hilfe", [
      { id: "rueckgabe", text: "Geräte können innerhalb von 30 Tagen zurückgegeben werden." },
      { id: "rechnung", text: "Die Rechnung kommt am Anfang des Monats per E-Mail." },
    ]);
    const { hits } = await sotto.query("hilfe", "Faturayı ne zaman alırım?");
    expect(hits[0]?.id).toBe("rechnung");
    await sotto.close();
  });

  it("reads a text up to maxTokens", async () => {
    const text = Array.from({ length: 40 }, (_, i) => `word${i}`).join(" ");
    const other = text.replace("word39", "mountain");
    expect(await one(text, { maxTokens: 16 })).toEqual(await one(other, { maxTokens: 16 }));
    expect(await one(text)).not.toEqual(await one(other));
  });

  it.each([7, 8_193, 10.5, Number.NaN])("refuses a maxTokens of %d", (maxTokens) => {
    expect(() => multilingual({ maxTokens })).toThrow(
      `maxTokens is not valid: it should be a whole number from 8 to 8192, but is ${maxTokens}.`,
    );
  });

  it("lets a question overtake documents, long ones too", async () => {
    const loaded = embedder();
    await loaded.prewarm();
    const finished: string[] = [];
    const long = "The customer returns the router, and the bank pays it back. ".repeat(100);
    const documents = loaded.embed([long, long, long], { kind: "document" }).then(() => finished.push("documents"));
    const query = loaded.embed(["When is it paid?"], { kind: "query" }).then(() => finished.push("query"));
    await Promise.all([documents, query]);
    expect(finished).toEqual(["query", "documents"]);
  });

  it("gives long documents that are embedded side by side the vectors that each has alone", async () => {
    const loaded = embedder();
    const texts = ["router", "bank", "mountain"].map((word) => `The ${word} is far from here. `.repeat(60));
    const together = await Promise.all(texts.map((text) => loaded.embed([text], { kind: "document" })));
    for (const [i, text] of texts.entries())
      expect(cosine(together[i]?.[0], await one(text))).toBeGreaterThan(0.999999);
  });

  it("gives a long question the vector that it has as a document", async () => {
    const loaded = embedder();
    const text = "The customer returns the router, and the bank pays it back. ".repeat(20);
    const [query] = await loaded.embed([text], { kind: "query" });
    expect(cosine(query, await one(text))).toBeGreaterThan(0.999999);
  });

  it("reads as many pieces as it may", async () => {
    expect(await one("a b c d e f g h ".repeat(1_100), { maxTokens: 8_192 })).toHaveLength(512);
  });

  it("lets timers have their turn while it embeds a long text", async () => {
    const loaded = embedder({ maxTokens: 4_096 });
    await loaded.prewarm();
    let turns = 0;
    const counting = setInterval(() => turns++, 0);
    await loaded.embed(["The customer returns the router. ".repeat(600)], { kind: "document" });
    clearInterval(counting);
    expect(turns).toBeGreaterThan(5);
  });

  it("stops within a text when aborted, with the signal's reason", async () => {
    const loaded = embedder({ maxTokens: 8_192 });
    await loaded.prewarm();
    const controller = new AbortController();
    const reason = new Error("hung up");
    const running = loaded.embed(["The customer returns the router. ".repeat(1_500)], {
      kind: "document",
      signal: controller.signal,
    });
    setTimeout(() => controller.abort(reason), 0);
    await expect(running).rejects.toBe(reason);
    expect(await loaded.embed(["router"], { kind: "document" })).toHaveLength(1);
  });

  it("refuses work after dispose, and others go on", async () => {
    const [closed, open] = [embedder(), embedder()];
    const running = closed.embed(
      Array.from({ length: 200 }, () => "The customer returns the router."),
      { kind: "document" },
    );
    const outcome = running.catch((error: unknown) => error);
    await closed.dispose();
    await closed.dispose();
    expect(await outcome).toMatchObject({ code: "sotto.closed" });
    await expect(closed.embed(["router"], { kind: "query" })).rejects.toMatchObject({ code: "sotto.closed" });
    await expect(closed.prewarm()).rejects.toMatchObject({ code: "sotto.closed" });
    expect(await open.embed(["router"], { kind: "query" })).toHaveLength(1);
  });

  it("says what share of a text it knows, once it is loaded", async () => {
    const loaded = embedder();
    expect(loaded.coverage("नमस्ते दुनिया")).toBe(1);
    await loaded.prewarm();
    expect(loaded.coverage("नमस्ते दुनिया")).toBeLessThan(0.2);
    expect(loaded.coverage("Wann kommt mein Paket?")).toBe(1);
  });
});
