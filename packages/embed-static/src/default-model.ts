import { canReadPackagedModel, importPackagedModel, readPackagedModel } from "./packaged-model.ts";
import type { StaticModel } from "./static-model.ts";

// One copy in the process, however many embedders there are.
let model: StaticModel | undefined;
let loading: Promise<StaticModel> | undefined;

/** The packaged model, loaded on the first call. A failed load is tried again by the next call. */
export async function defaultModel(): Promise<StaticModel> {
  const atOnce = defaultModelSync();
  if (atOnce !== undefined) return atOnce;
  loading ??= importPackagedModel().finally(() => {
    loading = undefined;
  });
  const loaded = await loading;
  model ??= loaded;
  return model;
}

/** The packaged model at once: where it is loaded already, or where it lies on a disk as it was installed. */
export function defaultModelSync(): StaticModel | undefined {
  if (model === undefined && canReadPackagedModel()) model = readPackagedModel();
  return model;
}

/** True where `defaultModelSync` answers a model. */
export function hasDefaultModelSync(): boolean {
  return model !== undefined || canReadPackagedModel();
}
