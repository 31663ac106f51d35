import { loadStaticModel, type StaticModel } from "./static-model.ts";
import { StaticModelError } from "./static-model-error.ts";

/** Where the four files of a model are. */
export interface StaticModelUrls {
  vocab: URL;
  vectors: URL;
  scales: URL;
  meta: URL;
}

const names = { vocab: "vocab.txt", vectors: "vectors.i8", scales: "scales.f32", meta: "meta.json" } as const;

/**
 * The files inside this package. Each address is written out, because that is how bundlers find the files that they
 * have to ship; they lie beside `dist` as they lie beside `src`.
 */
export function packagedModelUrls(): StaticModelUrls {
  return {
    vocab: new URL("../model/vocab.txt", import.meta.url),
    vectors: new URL("../model/vectors.i8", import.meta.url),
    scales: new URL("../model/scales.f32", import.meta.url),
    meta: new URL("../model/meta.json", import.meta.url),
  };
}

/** Reads the files by path (`file:`) or by `fetch` (any other scheme). Throws a `StaticModelError`. */
export async function readModelFiles(urls: StaticModelUrls): Promise<StaticModel> {
  const read = (file: keyof StaticModelUrls) => readBytes(names[file], urls[file]);
  const [vocab, vectors, scales, meta] = await Promise.all([
    read("vocab"),
    read("vectors"),
    read("scales"),
    read("meta"),
  ]);
  return loadStaticModel({ vocab, vectors, scales, meta });
}

/** True where `readModelFilesSync` can read the files. */
export function canReadSync(urls: StaticModelUrls): boolean {
  return fileSystem() !== undefined && Object.values(urls).every((url) => url.protocol === "file:");
}

/** Same as `readModelFiles`, for `file:` only. */
export function readModelFilesSync(urls: StaticModelUrls): StaticModel {
  const read = (file: keyof StaticModelUrls) => {
    try {
      return requireFileSystem(names[file], urls[file]).readFileSync(urls[file]);
    } catch (cause) {
      throw unavailable(names[file], urls[file], cause);
    }
  };
  return loadStaticModel({
    vocab: read("vocab"),
    vectors: read("vectors"),
    scales: read("scales"),
    meta: read("meta"),
  });
}

/**
 * Reads a model from a folder, given by path or URL, that holds `vocab.txt`, `vectors.i8`, `scales.f32` and `meta.json`.
 * Throws a `StaticModelError`: `model.unavailable` when a file cannot be read, `model.invalid` when it is not as it should be.
 *
 * @example
 * const model = await readStaticModel(new URL("https://cdn.example.com/static-v1/"));
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
  const hint = "If a bundler moved the code, leave @sotto/embed-static external or pass a model from readStaticModel";
  return new StaticModelError("model.unavailable", file, `${url.href}: ${why}. ${hint}`, { url: url.href }, { cause });
}

function requireFileSystem(file: string, url: URL): typeof import("node:fs") {
  const fs = fileSystem();
  if (fs === undefined)
    throw new StaticModelError("model.unavailable", file, `${url.href} is a path and there is no file system here`);
  return fs;
}

function fileSystem(): typeof import("node:fs") | undefined {
  return nodeModule("node:fs");
}

/** A module of Node where there is one. An import would break bundles for browsers. */
function nodeModule<Id extends "node:fs" | "node:url">(
  id: Id,
): (Id extends "node:fs" ? typeof import("node:fs") : typeof import("node:url")) | undefined {
  return (globalThis as { process?: NodeJS.Process }).process?.getBuiltinModule?.(id) as
    | (Id extends "node:fs" ? typeof import("node:fs") : typeof import("node:url"))
    | undefined;
}
