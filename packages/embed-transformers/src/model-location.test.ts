import { join } from "node:path";
import { env } from "@huggingface/transformers";
import { temporaryFolders } from "../test/temporary-folder.ts";
import { startTinyHub, type TinyHub } from "../test/tiny-hub.ts";
import { DIMENSIONS, writeTinyModel } from "../test/tiny-model.ts";
import { download } from "./download.ts";
import type { ModelProgress, TransformersEmbedderOptions } from "./options.ts";
import { transformersEmbedder } from "./transformers-embedder.ts";

const newFolder = temporaryFolders();
const { remoteHost } = env;
let hub: TinyHub;

beforeEach(async () => {
  hub = await startTinyHub();
  env.remoteHost = hub.host;
});

afterEach(async () => {
  env.remoteHost = remoteHost;
  await hub.close();
});

async function embedOnce(options: TransformersEmbedderOptions): Promise<Float32Array | null> {
  const embedder = transformersEmbedder({ dimensions: DIMENSIONS, ...options });
  try {
    const [vector] = await embedder.embed(["snow in spring"], { kind: "query" });
    return vector ?? null;
  } finally {
    await embedder.dispose();
  }
}

describe("a model of the hub", () => {
  it("is downloaded on first use, and from then on read from the cache without asking the hub", async () => {
    const cacheDir = await newFolder();
    const downloaded = await embedOnce({ model: "acme/tiny", cacheDir });
    expect(hub.requests).toContain("/acme/tiny/resolve/main/onnx/model_quantized.onnx");
    hub.requests.length = 0;
    const cached = await embedOnce({ model: "acme/tiny", cacheDir });
    expect(cached).toEqual(downloaded);
    expect(hub.requests).toEqual([]);
  });

  it("is brought by download for use offline, at its revision and dtype", async () => {
    const cacheDir = await newFolder();
    const progress: ModelProgress[] = [];
    const result = await download({
      model: "acme/tiny",
      revision: "v2",
      dtype: "fp32",
      cacheDir,
      onProgress: (step) => progress.push(step),
    });
    expect(result).toEqual({ model: "acme/tiny", revision: "v2", dtype: "fp32", dimensions: DIMENSIONS, cacheDir });
    const last = progress.findLast(({ file }) => file === "onnx/model.onnx");
    expect(last?.loadedBytes).toBe(last?.totalBytes);
    expect(last?.totalBytes).toBeGreaterThan(1_000);
    hub.requests.length = 0;
    const vector = await embedOnce({ model: "acme/tiny", revision: "v2", dtype: "fp32", cacheDir, offline: true });
    expect(vector).toHaveLength(DIMENSIONS);
    expect(hub.requests).toEqual([]);
  });

  it("that the hub does not have is an error with the address", async () => {
    await expect(embedOnce({ model: "acme/unknown", cacheDir: await newFolder() })).rejects.toMatchObject({
      code: "embedding.model_unavailable",
      message: expect.stringContaining(`cannot be downloaded from ${hub.host}`),
    });
  });

  it("is not waited for by a call that is aborted", async () => {
    hub.silent = true;
    const embedder = transformersEmbedder({ model: "acme/tiny", dimensions: DIMENSIONS, cacheDir: await newFolder() });
    const controller = new AbortController();
    const reason = new Error("hung up");
    const embedding = embedder.embed(["snow"], { kind: "query", signal: controller.signal });
    controller.abort(reason);
    await expect(embedding).rejects.toBe(reason);
  });

  it("is asked for again after a failure", async () => {
    const embedder = transformersEmbedder({ model: "acme/tiny", dimensions: DIMENSIONS, cacheDir: await newFolder() });
    hub.broken = true;
    await expect(embedder.prewarm()).rejects.toMatchObject({ code: "embedding.model_unavailable" });
    hub.broken = false;
    await embedder.prewarm();
    await embedder.dispose();
  });
});

describe("offline", () => {
  it("names what is missing and the command that fetches it, and does not ask the hub", async () => {
    const cacheDir = await newFolder();
    await writeTinyModel(join(cacheDir, "acme", "tiny"), ["onnx/model_quantized.onnx", "tokenizer.json"]);
    const folder = join(cacheDir, "acme", "tiny");
    await expect(embedOnce({ model: "acme/tiny", cacheDir, offline: true })).rejects.toMatchObject({
      code: "embedding.model_unavailable",
      message:
        `The model acme/tiny (q8) is not available: offline is set and ${folder} lacks tokenizer.json, onnx/model_quantized.onnx. ` +
        "It needs config.json, tokenizer.json, tokenizer_config.json, onnx/model_quantized.onnx. Where there is a network, run: " +
        `npx sotto-embed-download --model acme/tiny --dtype q8 --cache-dir ${cacheDir} and bring the folder here.`,
    });
    expect(hub.requests).toEqual([]);
  });

  it("names the model of a preset and its revision", async () => {
    await expect(
      embedOnce({ preset: "all-MiniLM-L6-v2", revision: "v2", cacheDir: await newFolder(), offline: true }),
    ).rejects.toMatchObject({
      message: expect.stringContaining(
        "npx sotto-embed-download --model Xenova/all-MiniLM-L6-v2 --revision v2 --dtype q8 --cache-dir ",
      ),
    });
  });

  it("needs a folder where none is given", async () => {
    const { cacheDir } = env;
    env.cacheDir = await newFolder();
    const error = await embedOnce({ model: "acme/tiny", offline: true }).catch((error: unknown) => error);
    env.cacheDir = cacheDir;
    expect(error).toMatchObject({
      message: expect.stringContaining("--cache-dir <folder> and pass the folder as cacheDir."),
    });
  });
});

describe("a local folder", () => {
  it("is used without asking the hub", async () => {
    const localPath = await newFolder();
    await writeTinyModel(localPath);
    expect(await embedOnce({ localPath })).toHaveLength(DIMENSIONS);
    expect(hub.requests).toEqual([]);
  });

  it("that lacks files is an error that names them", async () => {
    const localPath = await newFolder();
    await writeTinyModel(localPath, ["config.json"]);
    await expect(embedOnce({ localPath })).rejects.toMatchObject({
      code: "embedding.model_unavailable",
      message: expect.stringContaining(`${localPath} lacks config.json. The folder needs config.json, tokenizer.json,`),
    });
  });

  it("whose weights are damaged is an error that says where", async () => {
    const localPath = await newFolder();
    await writeTinyModel(localPath);
    const { writeFile } = await import("node:fs/promises");
    await writeFile(join(localPath, "onnx", "model_quantized.onnx"), "not a model");
    await expect(embedOnce({ localPath })).rejects.toMatchObject({
      code: "embedding.model_unavailable",
      message: expect.stringContaining(`${localPath} cannot be read (`),
    });
  });
});
