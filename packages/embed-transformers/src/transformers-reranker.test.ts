import { createSotto, memoryStorage } from "@sotto/core";
import { temporaryFolders } from "../test/temporary-folder.ts";
import { writeTinyModel } from "../test/tiny-model.ts";
import { expectedLogit, writeTinyReranker } from "../test/tiny-reranker.ts";
import { download } from "./download.ts";
import type { TransformersRerankerOptions } from "./options.ts";
import { type TransformersReranker, transformersReranker } from "./transformers-reranker.ts";

const newFolder = temporaryFolders();
const made: TransformersReranker[] = [];
let localPath: string;

beforeAll(async () => {
  localPath = await newFolder();
  await writeTinyReranker(localPath);
});

afterEach(async () => {
  for (const reranker of made.splice(0)) await reranker.dispose();
});

function tiny(options: TransformersRerankerOptions = {}): TransformersReranker {
  const reranker = transformersReranker({ localPath, ...options });
  made.push(reranker);
  return reranker;
}

const sigmoid = (logit: number) => 1 / (1 + Math.exp(-logit));
const documents = [
  "the mountain was covered with snow",
  "a refund",
  "restart the router and wait until late in spring",
];
const query = "how long does a refund take";
const expected = documents.map((document) => sigmoid(expectedLogit(query.split(" "), document.split(" "))));

describe("transformersReranker", () => {
  it("scores each document together with the query, in order, in [0, 1]", async () => {
    const scores = await tiny().rerank(query, documents);
    expect(scores).toHaveLength(3);
    for (const [i, score] of scores.entries()) expect(score).toBeCloseTo(expected[i] ?? Number.NaN, 4);
    expect(scores.indexOf(Math.max(...scores))).toBe(1);
  });

  it.each([2, 32])("gives the same in batches of %d, padding left out", async (batchSize) => {
    const scores = await tiny({ batchSize }).rerank(query, documents);
    for (const [i, score] of scores.entries()) expect(score).toBeCloseTo(expected[i] ?? Number.NaN, 4);
  });

  it("takes the second of two labels for the relevant one", async () => {
    const folder = await newFolder();
    await writeTinyReranker(folder, [-1, 1]);
    const [score] = await tiny({ localPath: folder }).rerank("snow", ["snow in spring"]);
    expect(score).toBeCloseTo(sigmoid(2 * expectedLogit(["snow"], ["snow", "in", "spring"])), 4);
  });

  it("refuses a model of three labels, and one that is no cross-encoder", async () => {
    const [three, encoder] = [await newFolder(), await newFolder()];
    await writeTinyReranker(three, [1, 2, 3]);
    await writeTinyModel(encoder);
    await expect(tiny({ localPath: three }).rerank("snow", ["snow"])).rejects.toMatchObject({
      code: "embedding.failed",
      message: expect.stringContaining("3 labels"),
    });
    await expect(tiny({ localPath: encoder }).rerank("snow", ["snow"])).rejects.toMatchObject({
      code: "embedding.failed",
      message: expect.stringContaining("no cross-encoder"),
    });
  });

  it("orders the hits of a search", async () => {
    await using sotto = createSotto({ storage: memoryStorage(), reranker: tiny() });
    await sotto.createIndex(
      "help",
      documents.map((text, i) => ({ id: String(i), text })),
    );
    const { hits } = await sotto.query("help", query, { rerank: true });
    expect(hits[0]).toMatchObject({ id: "1", score: expect.closeTo(expected[1] ?? Number.NaN, 4) });
  });

  it("answers no document with no score", async () => {
    expect(await tiny().rerank("snow", [])).toEqual([]);
  });

  it("rejects with the reason of an aborted signal, and goes on working", async () => {
    const reranker = tiny();
    const reason = new Error("the caller hung up");
    await expect(reranker.rerank("snow", ["snow"], { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const controller = new AbortController();
    const running = reranker.rerank("snow", Array(200).fill("snow in spring"), { signal: controller.signal });
    controller.abort(reason);
    await expect(running).rejects.toBe(reason);
    expect(await reranker.rerank("snow", ["snow"])).toHaveLength(1);
  });

  it("can be prewarmed, and is closed once disposed of", async () => {
    const reranker = tiny();
    await reranker.prewarm();
    await reranker.dispose();
    await reranker.dispose();
    await expect(reranker.rerank("snow", ["snow"])).rejects.toMatchObject({ code: "sotto.closed" });
  });

  it("names its model", () => {
    expect(tiny({ preset: "ms-marco-MiniLM-L-6-v2" }).id).toBe("Xenova/ms-marco-MiniLM-L-6-v2@main:q8");
    expect(tiny({ id: "ours" }).id).toBe("ours");
  });

  it.each<[string, TransformersRerankerOptions, string]>([
    ["no model at all", {}, "preset is not valid: give preset, model or localPath."],
    [
      "an embedder's preset",
      { preset: "all-MiniLM-L6-v2" as "bge-reranker-base" },
      'preset is not valid: "all-MiniLM-L6-v2" is not one of ms-marco-MiniLM-L-6-v2, bge-reranker-base.',
    ],
    [
      "an empty batch",
      { model: "acme/tiny", batchSize: 0 },
      "batchSize is not valid: 0 is not an integer from 1 to 4096.",
    ],
  ])("refuses %s", (_, options, message) => {
    expect(() => transformersReranker(options)).toThrow(expect.objectContaining({ code: "argument.invalid", message }));
  });

  it("says where files are missing, and how to fetch them", async () => {
    const cacheDir = await newFolder();
    const error = tiny({
      localPath: undefined as never,
      preset: "bge-reranker-base",
      cacheDir,
      offline: true,
    }).prewarm();
    await expect(error).rejects.toMatchObject({
      code: "embedding.model_unavailable",
      message: expect.stringContaining(
        "npx sotto-embed-download --model Xenova/bge-reranker-base --reranker --dtype q8 --cache-dir",
      ),
    });
  });

  it("is found complete by download", async () => {
    const cacheDir = await newFolder();
    await writeTinyReranker(`${cacheDir}/acme/tiny`);
    expect(await download({ model: "acme/tiny", reranker: true, cacheDir })).toMatchObject({
      model: "acme/tiny",
      dimensions: 0,
      cacheDir,
    });
  });
});
