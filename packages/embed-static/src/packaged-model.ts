import { fromBase64, modelModule } from "@sotto-internal/embedding";
import { loadStaticModel, type StaticModel } from "./static-model.ts";
import { StaticModelError } from "./static-model-error.ts";

/** What the packaged `meta.json` says, known before it is read; a test compares the two. */
export const packaged = { id: "static-v2", dim: 256, calibration: { low: 0, high: 1 }, defaultAlpha: 0.3 } as const;

const PARTS = ["meta", "vocab", "scales", "vectors"] as const;
const file = modelModule(import.meta.url, "@sotto/embed-static", packaged.id, PARTS);

/** True where `readPackagedModel` works: in Node, unless a bundler moved the code. */
export const canReadPackagedModel = file.isFile;

/** The packaged model, read as a file. Throws a `StaticModelError`. */
export function readPackagedModel(): StaticModel {
  try {
    return loadStaticModel(file.readSync());
  } catch (cause) {
    throw unavailable(cause);
  }
}

/** The packaged model, imported. Throws a `StaticModelError`. */
export async function importPackagedModel(): Promise<StaticModel> {
  try {
    const { meta, vocab, scales, vectors } = await import("../model/static-v2.js");
    return loadStaticModel({
      meta: fromBase64(meta),
      vocab: fromBase64(vocab),
      scales: fromBase64(scales),
      vectors: fromBase64(vectors),
    });
  } catch (cause) {
    throw unavailable(cause);
  }
}

function unavailable(cause: unknown): StaticModelError {
  if (StaticModelError.isInstance(cause)) return cause;
  const why = cause instanceof Error ? cause.message : String(cause);
  return new StaticModelError("model.unavailable", `${packaged.id}.js`, why, {}, { cause });
}
