import { maxSim } from "@sotto/core";
import { testEmbedder } from "@sotto/core/testing";
import { type MiniLM, miniLM } from "./mini-lm.ts";

testEmbedder("miniLM, native", () => miniLM({ runtime: "native" }), { unknownText: "🙂🙃" });
testEmbedder("miniLM, WebAssembly", () => miniLM({ runtime: "wasm" }), { unknownText: "🙂🙃" });

function cosine(a: Float32Array | null | undefined, b: Float32Array | null | undefined): number {
  if (!a || !b) throw new Error("a text has no vector");
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? Number.NaN), 0);
}

describe("miniLM", () => {
  let embedder: MiniLM;
  beforeAll(() => {
    embedder = miniLM();
  });
  afterAll(() => embedder.dispose());

  it("is all-MiniLM-L6-v2", async () => {
    expect(embedder).toMatchObject({
      id: "all-MiniLM-L6-v2-int8",
      dimensions: 384,
      calibration: { low: 0, high: 1 },
      defaultAlpha: 0.3,
      embedsNames: false,
    });
    // Cosines that the sentence-transformers documentation gives for this model; int8 moves them by a hundredth.
    const [eats, bread, plays, violin] = await embedder.embed(
      ["A man is eating food.", "A man is eating a piece of bread.", "Someone plays.", "A woman is playing violin."],
      { kind: "document" },
    );
    expect(cosine(eats, bread)).toBeCloseTo(0.755, 1);
    expect(cosine(eats, violin)).toBeLessThan(0.2);
    expect(cosine(plays, violin)).toBeGreaterThan(cosine(plays, eats));
  });

  it("brings a question nearer to its answer than to anything else, without a word in common", async () => {
    const [question] = await embedder.embed(["When do I get my money back?"], { kind: "query" });
    const answers = await embedder.embed(
      [
        "Refunds reach your card within five days.",
        "Our office is open from nine to five.",
        "Hold the button of the router.",
      ],
      { kind: "document" },
    );
    const cosines = answers.map((answer) => cosine(question, answer));
    expect(cosines.indexOf(Math.max(...cosines))).toBe(0);
  });

  it("reads the first 256 tokens of a text", async () => {
    const long = "the router blinks ".repeat(200);
    const [start, cut] = await embedder.embed([long, `${long} but my dog is called Rex`], { kind: "document" });
    expect(cosine(start, cut)).toBeCloseTo(1, 6);
  });

  it("finds by token states the turn that answers, though names are shared by all", async () => {
    const turns = await embedder.tokens.embedDocuments([
      "Rex and I went to the lake with Anna.",
      "Rex ate something bad and the vet kept him overnight.",
      "Anna says that Rex is a lovely dog.",
    ]);
    const names = new Set(["rex", "anna", "why", "was", "at", "the", "s"]);
    const query = await embedder.tokens.embedQuery("Why was Anna's Rex at the animal hospital?", {
      ignore: (word) => names.has(word),
    });
    const { score } = maxSim(query.tokens, embedder.tokens.dimensions);
    const scores = turns.map(({ codes }) => score(codes));
    expect(query.tokens).toHaveLength(2 * 128);
    expect(scores.indexOf(Math.max(...scores))).toBe(1);
  });

  it("loads one model for all, and frees it with the last of them", async () => {
    const [first, second] = [miniLM(), miniLM()];
    await Promise.all([first.prewarm(), second.prewarm()]);
    await first.dispose();
    expect(await second.embed(["hello"], { kind: "query" })).toHaveLength(1);
    await expect(first.embed(["hello"], { kind: "query" })).rejects.toMatchObject({ code: "sotto.closed" });
    await second.dispose();
    await second.dispose();
    await expect(second.prewarm()).rejects.toMatchObject({ code: "sotto.closed" });
  });

  it("lets a query overtake documents that wait", async () => {
    const order: string[] = [];
    const documents = embedder.embed(
      Array.from({ length: 40 }, (_, i) => `document ${i}`),
      { kind: "document" },
    );
    await Promise.all([
      documents.then(() => order.push("documents")),
      embedder.embed(["query"], { kind: "query" }).then(() => order.push("query")),
    ]);
    expect(order).toEqual(["query", "documents"]);
  });

  it("refuses a runtime that does not exist", () => {
    expect(() => miniLM({ runtime: "gpu" as "auto" })).toThrow(
      expect.objectContaining({ code: "argument.invalid", argument: "runtime" }),
    );
  });
});
