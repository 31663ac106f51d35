/**
 * Loads Markdown, text, HTML, PDF, JSON, JSON lines and CSV as documents for Sotto.
 *
 * @module
 */
export type { FindOptions } from "./files/find-files.ts";
export type { LoadFileOptions } from "./files/load-file.ts";
export { type LoadOptions, loadPath, loadPaths } from "./load-paths.ts";
export type { LoadedPart, Loader, LoaderInput, RecordOptions, SourceType } from "./loaders/loader.ts";
export { loaderFor, loaders } from "./loaders/registry.ts";
