/**
 * Sotto's default embedder: weights inside the package, no network, no download.
 *
 * @module
 */
export { readStaticModel } from "./model-files.ts";
export type { StaticModelMeta } from "./model-meta.ts";
export {
  type StaticEmbedder,
  type StaticEmbedderOptions,
  type StaticEmbedOptions,
  staticEmbedder,
} from "./static-embedder.ts";
export { loadStaticModel, type StaticModel, type StaticModelFiles } from "./static-model.ts";
export { StaticModelError } from "./static-model-error.ts";
