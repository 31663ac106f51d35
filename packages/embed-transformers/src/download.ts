import { importTransformers } from "./import-transformers.ts";
import { loadModel } from "./load-model.ts";
import { modelSpec } from "./model-spec.ts";
import type { ModelSource } from "./options.ts";

export interface DownloadResult {
  model: string;
  revision: string;
  dtype: string;
  /** Length of the vectors that the model gives. */
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
  const spec = modelSpec(source);
  const { model, revision, dtype, cacheDir = env.cacheDir } = spec;
  const loaded = await loadModel(spec);
  try {
    const [vector] = await loaded.run(["warm"]);
    return { model, revision, dtype, dimensions: vector?.length ?? 0, cacheDir };
  } finally {
    await loaded.release();
  }
}
