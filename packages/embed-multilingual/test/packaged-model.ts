import { readFileSync } from "node:fs";
import { model } from "../model/use-multilingual-v3.js";

/** The file that this package ships. */
export const modelUrl = new URL("../model/use-multilingual-v3.js", import.meta.url);

/** The same as bytes. */
export function modelFile(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(modelUrl));
}

/** The gzip stream in it. */
export function modelBytes(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(model, "base64"));
}
