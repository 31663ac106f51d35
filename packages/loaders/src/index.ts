/**
 * Loads files as documents for Sotto, with a report of what was kept and what was left out.
 *
 * @module
 */
export { MOST_DOCUMENT_CHARS } from "./documents/split-long-text.ts";
export { contentHash, hashedOptions } from "./files/content-hash.ts";
export { type FindOptions, type FoundFiles, findFiles, type SkippedFile } from "./files/find-files.ts";
export type { SourceFile } from "./files/source-file.ts";
export { typeOf, typesByExtension } from "./formats/type-of.ts";
export { defaultLoadLimits, type LoadLimits } from "./limits.ts";
export { type LoadResult, load } from "./load.ts";
export { LoadError, type LoadErrorCode } from "./load-error.ts";
export { type LoadPathsOptions, loadPath, loadPaths } from "./load-paths.ts";
export type { LoadOptions } from "./options.ts";
export type { LeftOut, LeftOutReason, LoadReport } from "./report/load-report.ts";
export type { SourceType } from "./source-type.ts";
export { LoadWorker, loadInWorker, type WorkerLoadOptions } from "./worker/load-worker.ts";
