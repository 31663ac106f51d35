import { nodeModule } from "@sotto-internal/embedding";
import { loadStaticModel, type StaticModel } from "./static-model.ts";
import { StaticModelError } from "./static-model-error.ts";

/** Where the four files of a model are. */
interface StaticModelUrls {
  vocab: URL;
  vectors: URL;
  scales: URL;
  meta: URL;
}

const names = { vocab: "vocab.txt", vectors: "vectors.i8", scales: "scales.f32", meta: "meta.json" } as const;

/** Reads the files by path (`file:`) or by `fetch` (any other scheme). Throws a `StaticModelError`. */
async function readModelFiles(urls: StaticModelUrls): Promise<StaticModel> {
  const read = (file: keyof StaticModelUrls) => readBytes(names[file], urls[file]);
  const [vocab, vectors, scales, meta] = await Promise.all([
    read("vocab"),
    read("vectors"),
    read("scales"),
    read("meta"),
  ]);
  return loadStaticModel({ vocab, vectors, scales, meta });
}

/**
 * Reads a model from a folder, given by path or URL, that holds `vocab.txt`, `vectors.i8`, `scales.f32` and `meta.json`.
 * Throws a `StaticModelError`: `model.unavailable` when a file cannot be read, `model.invalid` when it is not as it should be.
 *
 * @example
 * const model = await readStaticModel(new URL("https://cdn.example.com/static-v2/"));
 * const embedder = staticEmbedder({ model });
 */
export async function readStaticModel(folder: string | URL): Promise<StaticModel> {
  const base = folderUrl(folder);
  return readModelFiles({
    vocab: new URL(names.vocab, base),
    vectors: new URL(names.vectors, base),
    scales: new URL(names.scales, base),
    meta: new URL(names.meta, base),
  });
}

function folderUrl(folder: string | URL): URL {
  const url = folder instanceof URL ? new URL(folder) : pathToUrl(folder);
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  return url;
}

function pathToUrl(folder: string): URL {
  // A scheme has at least two letters here, so that C:\models is a path.
  if (/^[a-z][a-z0-9+.-]+:/i.test(folder)) return new URL(folder);
  const url = nodeModule("node:url");
  return url === undefined ? new URL(folder, globalThis.location.href) : url.pathToFileURL(folder);
}

async function readBytes(file: string, url: URL): Promise<Uint8Array> {
  try {
    if (url.protocol === "file:") return await requireFileSystem(file, url).promises.readFile(url);
    const response = await fetch(url);
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    throw unavailable(file, url, cause);
  }
}

function unavailable(file: string, url: URL, cause: unknown): StaticModelError {
  if (StaticModelError.isInstance(cause)) return cause;
  const why = cause instanceof Error ? cause.message : String(cause);
  return new StaticModelError("model.unavailable", file, `${url.href}: ${why}`, { url: url.href }, { cause });
}

function requireFileSystem(file: string, url: URL): typeof import("node:fs") {
  const fs = nodeModule("node:fs");
  if (fs === undefined)
    throw new StaticModelError("model.unavailable", file, `${url.href} is a path and there is no file system here`);
  return fs;
}
