import { importTransformers } from "./import-transformers.ts";
import { loadModel } from "./load-model.ts";
import { loadReranker } from "./load-reranker.ts";
import { modelSpec } from "./model-spec.ts";
import type { ModelSource, TransformersEmbedderOptions } from "./options.ts";
import { type RerankerPreset, rerankerPresets } from "./reranker-presets.ts";
import { presetOf, type SourceSpec, sourceSpec } from "./source-spec.ts";

export interface DownloadResult {
  model: string;
  revision: string;
  dtype: string;
  /** Length of the vectors that the model gives; 0 for a reranker. */
  dimensions: number;
  /** Folder to pass as `cacheDir`. */
  cacheDir: string | null;
}

/**
 * Brings the files of a model into `cacheDir`, for images and CI, and runs the model once to see that they are good.
 * Files that are there already are not fetched again. Throws `PackageMissingError`, `ModelUnavailableError`.
 *
 * @example
 * await download({ preset: "all-MiniLM-L6-v2", cacheDir: "./models" });
 */
export async function download(source: ModelSource): Promise<DownloadResult> {
  const { env } = await importTransformers();
  const { preset, reranker = preset !== undefined && Object.hasOwn(rerankerPresets, preset) } = source;
  const fetched = reranker ? await runReranker(source) : await runEmbedder(source);
  return { cacheDir: env.cacheDir, ...fetched };
}

async function runEmbedder(source: ModelSource): Promise<Omit<DownloadResult, "cacheDir"> & { cacheDir?: string }> {
  const spec = modelSpec(source as TransformersEmbedderOptions);
  const loaded = await loadModel(spec);
  try {
    const [vector] = await loaded.run(["warm"]);
    return { ...filesOf(spec), dimensions: vector?.length ?? 0 };
  } finally {
    await loaded.release();
  }
}

async function runReranker(source: ModelSource): Promise<Omit<DownloadResult, "cacheDir"> & { cacheDir?: string }> {
  const spec = sourceSpec("reranking", source, presetOf<RerankerPreset>(rerankerPresets, source.preset));
  const loaded = await loadReranker({ ...spec, id: spec.model });
  try {
    await loaded.run("warm", ["warm"]);
    return { ...filesOf(spec), dimensions: 0 };
  } finally {
    await loaded.release();
  }
}

function filesOf({ model, revision, dtype, cacheDir }: SourceSpec) {
  return { model, revision, dtype, ...(cacheDir === undefined ? {} : { cacheDir }) };
}
