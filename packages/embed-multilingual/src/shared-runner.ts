import { loadPackagedModel } from "./packaged-model.ts";
import { Runner } from "./runner.ts";

// One copy of the packaged model in the process, for as long as some embedder holds it.
let shared: WeakRef<Runner> | undefined;
let loading: Promise<Runner> | undefined;

/** The packaged model, loaded on the first call; a failed load is tried again by the next. */
export async function sharedRunner(): Promise<Runner> {
  const there = shared?.deref();
  if (there !== undefined) return there;
  loading ??= loadPackagedModel()
    .then((model) => {
      const runner = new Runner(model);
      shared = new WeakRef(runner);
      return runner;
    })
    .finally(() => {
      loading = undefined;
    });
  return await loading;
}
