/**
 * Sentence-embedding models and cross-encoders for Sotto, in this process, through transformers.js.
 *
 * @module
 */
export { type DownloadResult, download } from "./download.ts";
export type { Dtype } from "./dtype.ts";
export { ModelUnavailableError } from "./model-unavailable-error.ts";
export type {
  ModelFiles,
  ModelProgress,
  ModelSource,
  RunOptions,
  TransformersEmbedderOptions,
  TransformersRerankerOptions,
} from "./options.ts";
export { PackageMissingError } from "./package-missing-error.ts";
export { type Pooling, type Preset, type PresetName, presets } from "./presets.ts";
export { type RerankerPreset, type RerankerPresetName, rerankerPresets } from "./reranker-presets.ts";
export { type TransformersEmbedder, transformersEmbedder } from "./transformers-embedder.ts";
export { type TransformersReranker, transformersReranker } from "./transformers-reranker.ts";
