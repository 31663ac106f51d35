import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

/** ONNX Runtime's WebAssembly. The build replaces this module by one that carries the bytes: see tsup.wasm.config.ts. */
export function wasmBinary(): Promise<Uint8Array> {
  return readFile(createRequire(import.meta.url).resolve("onnxruntime-web/ort-wasm-simd-threaded.wasm"));
}
