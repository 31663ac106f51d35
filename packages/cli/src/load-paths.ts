import { readFile } from "node:fs/promises";
import type { Document } from "@sotto/core";
import { contentHash } from "./files/content-hash.ts";
import { type FindOptions, findFiles } from "./files/find-files.ts";
import { type LoadFileOptions, loadFile } from "./files/load-file.ts";

export interface LoadOptions extends FindOptions, LoadFileOptions {
  /** Called for a file that cannot be loaded; loading goes on. Default: the first failure is thrown. */
  onFailure?: (failure: { source: string; error: Error }) => void;
  signal?: AbortSignal;
}

/**
 * Loads files and folders (with their subfolders) as documents, ready for `createIndex`.
 *
 * @example
 * ```ts
 * import { createSotto } from "@sotto/core";
 * import { loadPaths } from "sotto";
 *
 * const sotto = createSotto();
 * await sotto.createIndex("help", await loadPaths(["./docs"]), { chunking: { by: "heading" } });
 * ```
 * @throws for a path that does not exist, and for a file that cannot be loaded unless `onFailure` is given.
 */
export async function loadPaths(paths: readonly string[], options: LoadOptions = {}): Promise<Document[]> {
  const { files } = await findFiles(paths, options);
  const documents: Document[] = [];
  for (const file of files) {
    options.signal?.throwIfAborted();
    try {
      const bytes = await readFile(file.path);
      for (const document of await loadFile(file, bytes, contentHash(bytes, hashedOptions(options)), options))
        documents.push(document);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      if (options.onFailure === undefined) throw new Error(`${file.source}: ${reason}`, { cause });
      options.onFailure({ source: file.source, error: cause instanceof Error ? cause : new Error(reason) });
    }
  }
  return documents;
}

/** Loads one file or folder: see `loadPaths`. */
export function loadPath(path: string, options?: LoadOptions): Promise<Document[]> {
  return loadPaths([path], options);
}

/** Raised when the loaders make other documents of the same bytes, so that the next ingest loads them again. */
const LOADERS_VERSION = 1;

/** What documents depend on beside the file's bytes, for `contentHash`. */
export function hashedOptions({ textFields, idField, metadata }: LoadFileOptions): unknown {
  return { version: LOADERS_VERSION, textFields, idField, metadata };
}
