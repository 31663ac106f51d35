import { nodeModule } from "@sotto-internal/embedding";
import type { Runtime } from "./runtime.ts";

/**
 * `onnxruntime-node` where it is installed: beside this package, or beside the application. Throws what `require` throws.
 *
 * By `require` made at run time: a bundler that followed an import would fail where the optional peer is not installed, and
 * on its native files where it is.
 */
export function nativeRuntime(): Runtime {
  const module = nodeModule("node:module");
  if (module === undefined) throw new Error("there is no Node here");
  const here: string | undefined = import.meta.url;
  const places = [...(here?.startsWith("file:") === true ? [here] : []), `${process.cwd()}/`];
  const load = (place: string) => module.createRequire(place)("onnxruntime-node");
  let failure: unknown;
  for (const place of places) {
    try {
      return { name: "native", onnx: load(place) };
    } catch (error) {
      failure ??= error;
    }
  }
  throw failure;
}
