import { modelFiles } from "./dtype.ts";
import { ModelUnavailableError } from "./model-unavailable-error.ts";
import type { SourceSpec } from "./source-spec.ts";

/** Where transformers.js is to load a model from: a folder, without any network, or a repository of the hub. */
export type ModelLocation = { folder: string } | { repository: string };

/**
 * A complete copy of the model in the cache is loaded by its path. By its name, transformers.js 4.3 would ask the
 * hub about the tokenizer even when all is there (its `loadTokenizer` does not pass on `cache_dir`).
 *
 * Throws `ModelUnavailableError` naming the files that are missing, where nothing may be downloaded.
 */
export async function locateModel(spec: SourceSpec, defaultCacheDir: string | null): Promise<ModelLocation> {
  const { localPath, model, revision, dtype, offline } = spec;
  const path = nodeModule<typeof import("node:path")>("node:path");
  const cacheDir = spec.cacheDir ?? defaultCacheDir;
  if (path === undefined) {
    if (localPath === undefined && !offline) return { repository: model };
    throw new ModelUnavailableError(
      spec,
      `there is no file system here for ${localPath === undefined ? "offline" : "localPath"}`,
    );
  }
  if (localPath !== undefined) {
    const folder = path.resolve(localPath);
    await expectFiles(spec, folder);
    return { folder };
  }
  if (cacheDir !== null) {
    const folder = path.resolve(cacheDir, model, revision === "main" ? "" : revision);
    if ((await missingFiles(folder, dtype)).length === 0) return { folder };
    if (offline) await expectFiles(spec, folder);
  }
  if (offline) throw new ModelUnavailableError(spec, "offline is set and there is no cache folder");
  return { repository: model };
}

async function expectFiles(spec: SourceSpec, folder: string): Promise<void> {
  const missing = await missingFiles(folder, spec.dtype);
  if (missing.length === 0) return;
  const why = spec.localPath === undefined ? "offline is set and " : "";
  throw new ModelUnavailableError(spec, `${why}${folder} lacks ${missing.join(", ")}`);
}

async function missingFiles(folder: string, dtype: SourceSpec["dtype"]): Promise<readonly string[]> {
  const fs = nodeModule<typeof import("node:fs/promises")>("node:fs/promises");
  const present = await Promise.all(
    modelFiles(dtype).map((file) =>
      fs?.access(`${folder}/${file}`).then(
        () => true,
        () => false,
      ),
    ),
  );
  return modelFiles(dtype).filter((_, i) => present[i] !== true);
}

/** A module of Node where there is one. An import would break bundles for browsers. */
function nodeModule<Module>(id: string): Module | undefined {
  return (globalThis as { process?: NodeJS.Process }).process?.getBuiltinModule?.(id) as Module | undefined;
}
