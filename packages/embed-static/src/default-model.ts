import { canReadSync, packagedModelUrls, readModelFiles, readModelFilesSync } from "./model-files.ts";
import type { StaticModel } from "./static-model.ts";

// One copy in the process, however many embedders there are.
let model: StaticModel | undefined;
let loading: Promise<StaticModel> | undefined;

/** The packaged model, read on the first call. A failed read is tried again by the next call. */
export async function defaultModel(): Promise<StaticModel> {
  if (model !== undefined) return model;
  loading ??= readModelFiles(packagedModelUrls()).finally(() => {
    loading = undefined;
  });
  const loaded = await loading;
  model ??= loaded;
  return model;
}

/** The packaged model at once: where it is loaded already, or where there is a file system. Otherwise undefined. */
export function defaultModelSync(): StaticModel | undefined {
  if (model === undefined && canReadSync(packagedModelUrls())) model = readModelFilesSync(packagedModelUrls());
  return model;
}

/** True where `defaultModelSync` answers a model. */
export function hasDefaultModelSync(): boolean {
  return model !== undefined || canReadSync(packagedModelUrls());
}
