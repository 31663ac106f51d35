import { modelModule } from "@sotto-internal/embedding";
import { fromBase64Text } from "./model/base64-module.ts";
import { loadModel, type Model } from "./model/load-model.ts";
import { MODEL_ID } from "./model/model-format.ts";
import { modelUnavailable } from "./multilingual-model-error.ts";

const file = modelModule(import.meta.url, "@sotto/embed-multilingual", MODEL_ID, ["model"]);

/**
 * The model that this package ships: read as a file where it lies as one; else, where a bundler moved the code or there
 * are no files, imported. Throws a `MultilingualModelError`.
 */
export async function loadPackagedModel(): Promise<Model> {
  return await loadModel(file.url !== undefined && file.isFile() ? file.url : fromBase64Text(await importModel()));
}

async function importModel(): Promise<string> {
  try {
    return (await import("../model/use-multilingual-v3.js")).model;
  } catch (cause) {
    throw modelUnavailable(`model/${MODEL_ID}.js of @sotto/embed-multilingual`, cause);
  }
}
