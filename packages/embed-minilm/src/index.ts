/**
 * all-MiniLM-L6-v2 for Sotto: English, 384 dimensions, weights inside the package, no download.
 *
 * @module
 */
export { type MiniLM, type MiniLMOptions, miniLM } from "./mini-lm.ts";
export type { RuntimeChoice } from "./runtime/open-runtime.ts";
