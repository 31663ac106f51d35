import { testEmbedder } from "@sotto/core/testing";
import { temporaryFolders } from "../test/temporary-folder.ts";
import { DIMENSIONS, expectedVector, MAX_TOKENS, writeTinyModel } from "../test/tiny-model.ts";
import type { ModelProgress, TransformersEmbedderOptions } from "./options.ts";
import { type TransformersEmbedder, transformersEmbedder } from "./transformers-embedder.ts";

const newFolder = temporaryFolders();
const made: TransformersEmbedder[] = [];
let localPath: string;

beforeAll(async () => {
  localPath = await newFolder();
  await writeTinyModel(localPath);
});

afterEach(async () => {
  for (const embedder of made.splice(0)) await embedder.dispose();
});

function tiny(options: TransformersEmbedderOptions = {}): TransformersEmbedder {
  const embedder = transformersEmbedder({ localPath, dimensions: DIMENSIONS, ...options });
  made.push(embedder);
  return embedder;
}

function expectVector(actual: Float32Array | null | undefined, expected: Float32Array): void {
  if (!actual) throw new Error("there is no vector");
  expect([...actual].map((value) => value.toFixed(4))).toEqual([...expected].map((value) => value.toFixed(4)));
}

describe.each(["mean", "cls"] as const)("pooling %s", (pooling) => {
  testEmbedder(`a tiny model with pooling ${pooling}`, () =>
    transformersEmbedder({ localPath, dimensions: DIMENSIONS, pooling }),
  );

  it("pools the states of the model as it says", async () => {
    const [vector] = await tiny({ pooling }).embed(["Restart the router"], { kind: "document" });
    expectVector(vector, expectedVector(["restart", "the", "router"], pooling, 2));
  });

  it("leaves out padding", async () => {
    const texts = ["refund", "the mountain was covered with snow until late in spring", "my bank account"];
    const vectors = await tiny({ pooling }).embed(texts, { kind: "document" });
    for (const [i, text] of texts.entries()) expectVector(vectors[i], expectedVector(text.split(" "), pooling, 2));
  });
});

describe("transformersEmbedder", () => {
  it("takes the file of the dtype: quantized by default", async () => {
    const [quantized] = await tiny().embed(["snow"], { kind: "document" });
    const [full] = await tiny({ dtype: "fp32" }).embed(["snow"], { kind: "document" });
    expectVector(quantized, expectedVector(["snow"], "mean", 2));
    expectVector(full, expectedVector(["snow"], "mean", 1));
  });

  it("puts the prefix before queries, and the other before documents", async () => {
    const embedder = tiny({ queryPrefix: "query: ", documentPrefix: "passage: " });
    const [query] = await embedder.embed(["snow"], { kind: "query" });
    const [document] = await embedder.embed(["snow"], { kind: "document" });
    expectVector(query, expectedVector(["query", ":", "snow"], "mean", 2));
    expectVector(document, expectedVector(["passage", ":", "snow"], "mean", 2));
  });

  it("cuts a text at the length of the model, or at maxTokens", async () => {
    const words = Array.from({ length: 30 }, (_, i) => (i % 2 === 0 ? "snow" : "spring"));
    const [cut] = await tiny().embed([words.join(" ")], { kind: "document" });
    expectVector(cut, expectedVector(words.slice(0, MAX_TOKENS - 1), "mean", 2));
    const [[shorter], [same]] = await Promise.all([
      tiny({ maxTokens: 4 }).embed(["snow in spring is late"], { kind: "document" }),
      tiny({ maxTokens: 4 }).embed(["snow in spring"], { kind: "document" }),
    ]);
    expect(shorter).toEqual(same);
  });

  it("answers in order whatever the batches", async () => {
    const texts = Array.from({ length: 23 }, (_, i) =>
      ["snow", "spring", "refund", "router"].slice(0, 1 + (i % 4)).join(" "),
    );
    const expected = await tiny({ batchSize: 1 }).embed(texts, { kind: "document" });
    for (const batchSize of [2, 5, 23, 100]) {
      const vectors = await tiny({ batchSize }).embed(texts, { kind: "document" });
      for (const [i, vector] of vectors.entries()) expectVector(vector, expected[i] as Float32Array);
    }
  });

  it("reports each file as it is read", async () => {
    const progress: ModelProgress[] = [];
    await tiny({ onProgress: (step) => progress.push(step) }).prewarm();
    expect(new Set(progress.map(({ file }) => file))).toEqual(
      new Set(["config.json", "tokenizer.json", "tokenizer_config.json", "onnx/model_quantized.onnx"]),
    );
    for (const file of new Set(progress.map(({ file }) => file))) {
      const { loadedBytes, totalBytes } = progress.findLast((step) => step.file === file) ?? {};
      expect(totalBytes).toBeGreaterThan(0);
      expect(loadedBytes).toBe(totalBytes);
    }
  });

  it("says what the model gives where dimensions is wrong", async () => {
    await expect(tiny({ dimensions: 16 }).embed(["snow"], { kind: "query" })).rejects.toMatchObject({
      code: "argument.invalid",
      message: expect.stringMatching(/gives vectors of 8 dimensions, but dimensions is 16/),
    });
  });

  it("stops between batches when aborted, and lets the others go on", async () => {
    const embedder = tiny({ batchSize: 1 });
    await embedder.prewarm();
    const controller = new AbortController();
    const reason = new Error("hung up");
    const aborted = embedder.embed(
      Array.from({ length: 1_000 }, () => "snow in spring"),
      { kind: "document", signal: controller.signal },
    );
    const other = embedder.embed(["router", "refund"], { kind: "document" });
    controller.abort(reason);
    await expect(aborted).rejects.toBe(reason);
    const [router, refund] = await other;
    expectVector(router, expectedVector(["router"], "mean", 2));
    expectVector(refund, expectedVector(["refund"], "mean", 2));
  });

  it("lets a query overtake the documents that wait", async () => {
    const embedder = tiny({ batchSize: 1 });
    await embedder.prewarm();
    const finished: string[] = [];
    const documents = embedder
      .embed(
        Array.from({ length: 200 }, () => "snow"),
        { kind: "document" },
      )
      .then(() => finished.push("documents"));
    const query = embedder.embed(["refund"], { kind: "query" }).then(() => finished.push("query"));
    await Promise.all([documents, query]);
    expect(finished).toEqual(["query", "documents"]);
  });

  it("refuses work after dispose, which frees the model once", async () => {
    const embedder = tiny();
    await embedder.prewarm();
    await Promise.all([embedder.dispose(), embedder.dispose()]);
    await expect(embedder.embed(["snow"], { kind: "query" })).rejects.toMatchObject({ code: "sotto.closed" });
    await expect(embedder.prewarm()).rejects.toMatchObject({ code: "sotto.closed" });
  });

  it("gives up what still waits at dispose", async () => {
    const embedder = tiny({ batchSize: 1 });
    await embedder.prewarm();
    const documents = embedder.embed(
      Array.from({ length: 50 }, () => "snow"),
      { kind: "document" },
    );
    const outcome = documents.catch((error: unknown) => error);
    await embedder.dispose();
    expect(await outcome).toMatchObject({ code: "sotto.closed" });
  });

  it("is disposed of without ever having been used", async () => {
    await expect(tiny().dispose()).resolves.toBeUndefined();
  });
});
