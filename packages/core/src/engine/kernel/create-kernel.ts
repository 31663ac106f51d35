import { InvalidArgumentError } from "../../errors/index.ts";
import { createJavaScriptKernel } from "./javascript-kernel.ts";
import type { Kernel } from "./kernel.ts";
import { JavaScriptMemory, type LinearMemory, WasmMemory } from "./linear-memory.ts";
import { compileWasm, instantiateWasm, supportsWasm, type WasmVariant } from "./wasm-kernel.ts";

export type KernelChoice = "auto" | Kernel["name"];

const CHOICES: readonly KernelChoice[] = ["auto", "wasm-relaxed-simd", "wasm-simd", "javascript"];

/** A kernel with a memory of its own. */
export function createKernel(choice: KernelChoice): { kernel: Kernel; memory: LinearMemory } {
  const named = choice === "auto" ? fromEnvironment() : choice;
  if (!CHOICES.includes(named)) {
    throw new InvalidArgumentError("kernel", `"${named}" is none of ${CHOICES.join(", ")}`);
  }
  if (named === "javascript") return javaScript();
  if (named !== "auto") {
    if (!supportsWasm(named))
      throw new InvalidArgumentError("kernel", `"${named}" does not run on this JavaScript engine`);
    return wasm(named, compileWasm(named));
  }
  const variant = fastestWasm();
  const module = variant && tryToCompile(variant);
  return variant && module ? wasm(variant, module) : javaScript();
}

/** The fastest variant that this engine can run, if any. */
function fastestWasm(): WasmVariant | undefined {
  if (supportsWasm("wasm-relaxed-simd")) return "wasm-relaxed-simd";
  return supportsWasm("wasm-simd") ? "wasm-simd" : undefined;
}

function wasm(variant: WasmVariant, module: WebAssembly.Module): { kernel: Kernel; memory: LinearMemory } {
  const memory = new WasmMemory();
  return { kernel: instantiateWasm(variant, module, memory.memory), memory };
}

function javaScript(): { kernel: Kernel; memory: LinearMemory } {
  const memory = new JavaScriptMemory();
  return { kernel: createJavaScriptKernel(memory), memory };
}

/** Some pages forbid WebAssembly by their content security policy; there the JavaScript kernel serves. */
function tryToCompile(variant: WasmVariant): WebAssembly.Module | undefined {
  try {
    return compileWasm(variant);
  } catch (error) {
    if (error instanceof WebAssembly.CompileError || error instanceof RangeError) return undefined;
    throw error;
  }
}

function fromEnvironment(): KernelChoice {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  return (process?.env?.SOTTO_KERNEL || "auto") as KernelChoice;
}
