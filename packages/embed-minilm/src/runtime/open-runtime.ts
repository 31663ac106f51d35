import { nativeRuntime } from "./native.ts";
import type { Runtime } from "./runtime.ts";

/** `native`: the package onnxruntime-node. `wasm`: WebAssembly, inside this package. `auto`: native where it is installed. */
export type RuntimeChoice = "auto" | "native" | "wasm";

/** Rejects with what went wrong where the chosen one cannot be had. */
export async function openRuntime(choice: RuntimeChoice): Promise<Runtime> {
  if (choice !== "wasm") {
    try {
      return nativeRuntime();
    } catch (error) {
      if (choice === "native")
        throw new Error(
          `onnxruntime-node cannot be loaded (${(error as Error).message}). Install it with: npm install onnxruntime-node`,
          { cause: error },
        );
    }
  }
  const { wasmRuntime } = await import("./wasm.ts");
  return wasmRuntime();
}
