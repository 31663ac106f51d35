import fc from "fast-check";
import { defaultModel, defaultModelSync } from "./default-model.ts";
import { packaged } from "./packaged-model.ts";
import { staticEmbedder } from "./static-embedder.ts";
import { loadStaticModel } from "./static-model.ts";

const embedder = staticEmbedder();

function embedQuery(text: string, wordWeights?: (word: string) => number): Float32Array | null {
  if (embedder.embedQuerySync === undefined) throw new Error("embedQuerySync is missing where there is a file system");
  return embedder.embedQuerySync(text, wordWeights === undefined ? {} : { wordWeights });
}

function cosine(a: Float32Array | null | undefined, b: Float32Array | null | undefined): number {
  if (!a || !b) throw new Error("a text has no vector");
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}

describe("staticEmbedder", () => {
  it("says before the model is loaded what the model's meta.json says", async () => {
    const { id, dim, calibration, defaultAlpha } = (await defaultModel()).meta;
    expect(packaged).toEqual({ id, dim, calibration, defaultAlpha });
    expect(embedder).toMatchObject({
      id: "static-v2",
      dimensions: 256,
      calibration: { low: 0, high: 1 },
      defaultAlpha: 0.3,
    });
  });

  it("holds one model for all instances", async () => {
    const [first, second] = await Promise.all([defaultModel(), defaultModel()]);
    await staticEmbedder().prewarm();
    expect(second).toBe(first);
    expect(defaultModelSync()).toBe(first);
  });

  it("brings a question nearer to its answer than to anything else", async () => {
    const answers = [
      "Refunds are paid back to your card within five days.",
      "Our office is open from nine to five.",
      "Reset the router by holding its button.",
    ];
    const [question] = await embedder.embed(["When do I get my money back?"], { kind: "query" });
    const cosines = (await embedder.embed(answers, { kind: "document" })).map((answer) => cosine(question, answer));
    expect(cosines.indexOf(Math.max(...cosines))).toBe(0);
  });

  it("knows nothing in a text of unknown words", async () => {
    expect(await embedder.embed(["xqzzv wkkjq", "", "?!", "refund"], { kind: "document" })).toEqual([
      null,
      null,
      null,
      expect.any(Float32Array),
    ]);
  });

  it("says what share of a text's words it knows", () => {
    expect(embedder.coverage("When do I get my money back?")).toBe(1);
    expect(embedder.coverage("refund xqzzv, REFUND wkkjq")).toBe(0.5);
    expect(embedder.coverage("Wann bekomme ich mein Geld zurück?")).toBeLessThan(0.7);
    expect(embedder.coverage("?! 🙂")).toBe(0);
    expect(embedder.coverage("")).toBe(0);
  });

  it("lets fillers weigh next to nothing", () => {
    const plain = embedQuery("my card has not arrived");
    expect(cosine(plain, embedQuery("um so yeah I was wondering, my card has not arrived, thanks"))).toBeGreaterThan(
      0.85,
    );
    expect(cosine(plain, embedQuery("my card has not arrived before the holiday"))).toBeLessThan(0.85);
  });

  it("does not know the order of words", () => {
    expect(cosine(embedQuery("dog bites man"), embedQuery("man bites dog"))).toBeCloseTo(1, 6);
  });

  it("gives vectors of length 1, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (noise) => {
        const vector = embedQuery(`${noise} refund`);
        expect(vector).toHaveLength(256);
        expect(cosine(vector, vector)).toBeCloseTo(1, 5);
      }),
    );
  });

  it("embeds a long list in order, and stops between texts when aborted", async () => {
    const texts = Array.from(
      { length: 3_000 },
      (_, i) => `${i % 2 === 0 ? "refund" : "router"} of the customer who called about it again`,
    );
    const vectors = await embedder.embed(texts, { kind: "document" });
    expect(vectors[2_998]).toEqual(vectors[0]);
    expect(vectors[2_999]).toEqual(vectors[1]);

    const controller = new AbortController();
    const embedding = embedder.embed(texts, { kind: "document", signal: controller.signal });
    setImmediate(() => controller.abort(new Error("hung up")));
    await expect(embedding).rejects.toThrow("hung up");
  });
});

describe("word weights", () => {
  const model = loadStaticModel({
    vocab: "left\nup",
    vectors: Int8Array.of(100, 0, 0, 0, 0, 0, 0, 0, 0, 50, 0, 0, 0, 0, 0, 0),
    scales: Float32Array.of(0.02, 0.02),
    meta: { formatVersion: 1, id: "tiny-v1", dim: 8, rows: 2 },
  });
  const tiny = staticEmbedder({ model });
  /** The angle between a vector and "left", in degrees; "up" is at 90. */
  const angle = (vector: Float32Array | null | undefined) =>
    vector ? Math.round((Math.atan2(vector[1] ?? 0, vector[0] ?? 0) * 180) / Math.PI) : null;

  it("multiply each word's row before the sum", () => {
    const half = (word: string) => (word === "left" ? 0.5 : 1);
    expect(angle(tiny.embedQuerySync?.("left up"))).toBe(27);
    expect(angle(tiny.embedQuerySync?.("Left up", { wordWeights: half }))).toBe(45);
  });

  it("are asked for the words as the model knows them, and only for those", () => {
    const asked: string[] = [];
    tiny.embedQuerySync?.("LEFT, down; ｕｐ!", {
      wordWeights: (word) => {
        asked.push(word);
        return 1;
      },
    });
    expect(asked).toEqual(["left", "up"]);
  });

  it("count alike where none is left", () => {
    expect(tiny.embedQuerySync?.("left up", { wordWeights: () => 0 })).toEqual(tiny.embedQuerySync?.("left up"));
  });

  it("do not touch documents", async () => {
    const wordWeights = (word: string) => (word === "left" ? 0 : 1);
    const [plain] = await tiny.embed(["left up"], { kind: "document" });
    const [weighed] = await tiny.embed(["left up"], { kind: "document", wordWeights });
    const [query] = await tiny.embed(["left up"], { kind: "query", wordWeights });
    expect(weighed).toEqual(plain);
    expect(angle(query)).toBe(90);
  });

  it("belong to an embedder named by its own model", () => {
    expect(tiny).toMatchObject({ id: "tiny-v1", dimensions: 8 });
  });
});
