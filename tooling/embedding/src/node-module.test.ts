import { nodeModule } from "./node-module.ts";

describe("a module of Node", () => {
  const { getBuiltinModule } = process;
  afterEach(() => {
    process.getBuiltinModule = getBuiltinModule;
  });

  it("is had in Node", () => {
    expect(typeof nodeModule("node:zlib")?.gunzip).toBe("function");
  });

  it("is none where Node's function is missing, or throws as in edge runtimes", () => {
    process.getBuiltinModule = undefined as never;
    expect(nodeModule("node:zlib")).toBeUndefined();
    process.getBuiltinModule = () => {
      throw new Error("not supported in the Edge Runtime");
    };
    expect(nodeModule("node:zlib")).toBeUndefined();
  });
});
