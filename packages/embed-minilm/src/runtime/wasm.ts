import * as onnx from "onnxruntime-web/wasm";
import type { Onnx, Runtime } from "./runtime.ts";
import { wasmBinary } from "./wasm-binary.ts";

/** ONNX Runtime as WebAssembly, in this thread. */
export async function wasmRuntime(): Promise<Runtime> {
  onnx.env.wasm.numThreads = 1;
  onnx.env.wasm.wasmBinary ??= await wasmBinary();
  return { name: "wasm", onnx: onnx as unknown as Onnx };
}
