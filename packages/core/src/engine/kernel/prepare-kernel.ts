import { fastestWasm } from "./create-kernel.ts";
import { compileWasmAsync } from "./wasm-kernel.ts";

/**
 * Compiles the WebAssembly kernel ahead, without blocking. Optional in Node; in a browser's main thread await it
 * before the first index is opened, since some engines refuse to compile there at once. Where WebAssembly is
 * forbidden or has no SIMD it does nothing, and the JavaScript kernel serves.
 *
 * @example await prepareKernel();
 */
export async function prepareKernel(): Promise<void> {
  const variant = fastestWasm();
  if (variant === undefined) return;
  try {
    await compileWasmAsync(variant);
  } catch (error) {
    if (!(error instanceof WebAssembly.CompileError)) throw error;
  }
}
