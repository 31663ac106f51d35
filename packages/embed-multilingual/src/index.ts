/**
 * Sotto's embedder for sixteen languages: weights inside the package, no network, no native part.
 *
 * @module
 */
export type { ModelSource } from "./model/model-source.ts";
export { type MultilingualEmbedder, type MultilingualOptions, multilingual } from "./multilingual-embedder.ts";
export { MultilingualModelError } from "./multilingual-model-error.ts";
