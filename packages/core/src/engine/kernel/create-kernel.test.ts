import { jest } from "@jest/globals";
import { createArena } from "./arena.ts";
import type { KernelChoice } from "./create-kernel.ts";

const before = process.env.SOTTO_KERNEL;

beforeEach(() => {
  delete process.env.SOTTO_KERNEL;
});

afterEach(() => {
  jest.restoreAllMocks();
  jest.resetModules();
  if (before === undefined) delete process.env.SOTTO_KERNEL;
  else process.env.SOTTO_KERNEL = before;
});

/** The modules anew, as in a process that has not compiled or probed anything yet. */
async function fresh() {
  jest.resetModules();
  return import("./arena.ts");
}

const simdProbe = 98; // i8x16.popcnt, last but one in the probe for plain SIMD

describe("createArena", () => {
  it("takes the fastest kernel that runs here", () => {
    expect(createArena().kernel.name).toBe("wasm-relaxed-simd");
  });

  it("takes plain SIMD where there is no relaxed SIMD", async () => {
    jest.spyOn(WebAssembly, "validate").mockImplementation((bytes) => (bytes as Uint8Array).at(-2) === simdProbe);
    const { createArena } = await fresh();
    expect(createArena().kernel.name).toBe("wasm-simd");
    expect(() => createArena({ kernel: "wasm-relaxed-simd" })).toThrow(
      'kernel is not valid: "wasm-relaxed-simd" does not run on this JavaScript engine.',
    );
  });

  it("takes JavaScript where there is no SIMD", async () => {
    jest.spyOn(WebAssembly, "validate").mockReturnValue(false);
    const { createArena } = await fresh();
    expect(createArena().kernel.name).toBe("javascript");
  });

  it("takes JavaScript where the page's policy forbids WebAssembly", async () => {
    jest.spyOn(WebAssembly, "Module").mockImplementation(() => {
      throw new WebAssembly.CompileError("blocked by CSP");
    });
    const { createArena } = await fresh();
    expect(createArena().kernel.name).toBe("javascript");
  });

  it.each(["javascript", "wasm-simd", "wasm-relaxed-simd"])("follows SOTTO_KERNEL=%s", (name) => {
    process.env.SOTTO_KERNEL = name;
    expect(createArena().kernel.name).toBe(name);
    expect(createArena({ kernel: "javascript" }).kernel.name).toBe("javascript");
  });

  it("names the choices when it does not know the kernel", () => {
    process.env.SOTTO_KERNEL = "gpu";
    const message = 'kernel is not valid: "gpu" is none of auto, wasm-relaxed-simd, wasm-simd, javascript.';
    expect(() => createArena()).toThrow(message);
    expect(() => createArena({ kernel: "gpu" as KernelChoice })).toThrow(message);
  });
});
