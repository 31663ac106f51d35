import { assertNodeVersion } from "./node-version.ts";

describe("the version of Node", () => {
  it.each(["20.20.2", "22.12.0", "18.0.0"])("is too old: %s", (version) => {
    expect(() => assertNodeVersion("sqlite:.sotto", version)).toThrow(
      expect.objectContaining({
        code: "storage.unavailable",
        message: expect.stringContaining(`needs Node 22.13 or later, and this is Node ${version}`),
      }),
    );
  });

  it.each(["22.13.0", "22.20.1", "24.0.0", process.versions.node])("will do: %s", (version) => {
    expect(() => assertNodeVersion("sqlite:.sotto", version)).not.toThrow();
  });
});
