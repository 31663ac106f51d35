import { relaxedSimdBase64 } from "./generated/relaxed-simd.ts";
import { simdBase64 } from "./generated/simd.ts";
import type { Kernel } from "./kernel.ts";

export type WasmVariant = "wasm-simd" | "wasm-relaxed-simd";

/** The smallest modules that use one instruction of each: `i8x16.popcnt` and `i8x16.relaxed_swizzle`. */
const PROBES: Record<WasmVariant, Uint8Array<ArrayBuffer>> = {
  "wasm-simd": Uint8Array.of(
    ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0],
    ...[10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11],
  ),
  "wasm-relaxed-simd": Uint8Array.of(
    ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0],
    ...[10, 15, 1, 13, 0, 65, 1, 253, 15, 65, 2, 253, 15, 253, 128, 2, 11],
  ),
};

const modules = new Map<WasmVariant, WebAssembly.Module>();
const supported = new Map<WasmVariant, boolean>();

export function supportsWasm(variant: WasmVariant): boolean {
  let answer = supported.get(variant);
  if (answer === undefined) {
    answer = typeof WebAssembly === "object" && WebAssembly.validate(PROBES[variant]);
    supported.set(variant, answer);
  }
  return answer;
}

/** Compiles once a process. Throws a `WebAssembly.CompileError` or RangeError where compiling at once is not allowed. */
export function compileWasm(variant: WasmVariant): WebAssembly.Module {
  const module = modules.get(variant) ?? new WebAssembly.Module(bytesOf(variant));
  modules.set(variant, module);
  return module;
}

export function instantiateWasm(variant: WasmVariant, module: WebAssembly.Module, memory: WebAssembly.Memory): Kernel {
  const functions = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Omit<Kernel, "name">;
  return {
    name: variant,
    shortlistBegin: functions.shortlistBegin,
    shortlistScan: functions.shortlistScan,
    shortlistEnd: functions.shortlistEnd,
    scoreInt8: functions.scoreInt8,
    maxSim: functions.maxSim,
    addPostings: functions.addPostings,
    topScores: functions.topScores,
  };
}

function bytesOf(variant: WasmVariant): Uint8Array<ArrayBuffer> {
  const base64 = variant === "wasm-simd" ? simdBase64 : relaxedSimdBase64;
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
