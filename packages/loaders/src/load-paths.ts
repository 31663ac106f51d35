import type { Document } from "@sotto/core";
import { type FindOptions, findFiles } from "./files/find-files.ts";
import { load } from "./load.ts";
import type { LoadOptions } from "./options.ts";
import type { LoadReport } from "./report/load-report.ts";

export interface LoadPathsOptions extends FindOptions, Omit<LoadOptions, "contentHash" | "name" | "type"> {
  /** Called for a file that cannot be loaded; loading goes on. Default: the first failure is thrown. */
  onFailure?: (failure: { source: string; error: Error }) => void;
  /** Called for each file that was loaded, with what was left out of it. */
  onReport?: (source: string, report: LoadReport) => void;
  signal?: AbortSignal;
}

/**
 * Loads files and folders (with their subfolders) as documents, ready for `createIndex`.
 *
 * @example
 * ```ts
 * import { createSotto } from "@sotto/core";
 * import { loadPaths } from "@sotto/loaders";
 *
 * const sotto = createSotto();
 * await sotto.createIndex("help", await loadPaths(["./docs"]), { chunking: { by: "heading" } });
 * ```
 * @throws for a path that does not exist, and for a file that cannot be loaded unless `onFailure` is given.
 */
export async function loadPaths(paths: readonly string[], options: LoadPathsOptions = {}): Promise<Document[]> {
  const {
    prefix: _p,
    types: _t,
    gitignore: _g,
    followLinks: _f,
    onFailure,
    onReport,
    signal,
    ...loadOptions
  } = options;
  const { files } = await findFiles(paths, options);
  const documents: Document[] = [];
  for (const file of files) {
    signal?.throwIfAborted();
    try {
      const result = await load(file.path, { ...loadOptions, name: file.source });
      onReport?.(file.source, result.report);
      for (const document of result.documents) documents.push(document);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      if (onFailure === undefined) throw new Error(`${file.source}: ${reason}`, { cause });
      onFailure({ source: file.source, error: cause instanceof Error ? cause : new Error(reason) });
    }
  }
  return documents;
}

/** Loads one file or folder: see `loadPaths`. */
export function loadPath(path: string, options?: LoadPathsOptions): Promise<Document[]> {
  return loadPaths([path], options);
}
