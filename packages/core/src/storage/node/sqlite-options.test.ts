import { resolve } from "node:path";
import { jest } from "@jest/globals";
import { assertLocalFileSystem } from "./network-file-system.ts";
import { resolveSqliteOptions } from "./sqlite-options.ts";

describe("the options of sqliteStorage", () => {
  it("default to a store in .sotto", () => {
    expect(resolveSqliteOptions({})).toEqual({
      name: "sqlite:.sotto/sotto.db",
      file: resolve(".sotto/sotto.db"),
      maxPages: undefined,
      busyTimeoutMs: 10_000,
      pollIntervalMs: 100,
      allowNetworkFileSystem: false,
      now: Date.now,
    });
  });

  it("name a folder or a file", () => {
    expect(resolveSqliteOptions({ directory: "/data" })).toMatchObject({
      file: "/data/sotto.db",
      name: "sqlite:/data/sotto.db",
    });
    expect(resolveSqliteOptions({ file: "/data/mine.db" }).file).toBe("/data/mine.db");
    expect(() => resolveSqliteOptions({ directory: "/data", file: "/data/mine.db" })).toThrow(
      "pass directory or file, not both",
    );
  });

  it("are checked", () => {
    expect(() => resolveSqliteOptions({ maxPages: 0 })).toThrow(
      "maxPages is not valid: it must be a whole number, 1 or more, not 0",
    );
    expect(() => resolveSqliteOptions({ busyTimeoutMs: -1 })).toThrow("busyTimeoutMs is not valid");
    expect(() => resolveSqliteOptions({ pollIntervalMs: 1.5 })).toThrow("pollIntervalMs is not valid");
  });
});

describe("a network file system", () => {
  const refuse = { name: "sqlite:x", allowNetworkFileSystem: false };

  it.each([
    ["NFS", 0x6969],
    ["SMB2", 0xfe534d42],
    ["CIFS", 0xff534d42],
    ["Ceph", 0x00c36400],
  ])("is refused: %s", (kind, type) => {
    expect(() => assertLocalFileSystem("/mnt", refuse, () => type, "linux")).toThrow(`network file system (${kind})`);
    expect(() => assertLocalFileSystem("/mnt", refuse, () => type | 0, "linux")).toThrow(
      "allowNetworkFileSystem: true",
    );
  });

  it("is allowed with a warning when asked for", () => {
    const warn = jest.spyOn(process, "emitWarning").mockImplementation(() => {});
    assertLocalFileSystem("/mnt", { ...refuse, allowNetworkFileSystem: true }, () => 0x6969, "linux");
    expect(warn.mock.calls).toEqual([[expect.stringContaining("network file system (NFS)"), "SottoWarning"]]);
    warn.mockRestore();
  });

  it("is a share on Windows", () => {
    const never = () => {
      throw new Error("not asked on Windows");
    };
    expect(() => assertLocalFileSystem("\\\\server\\share", refuse, never, "win32")).toThrow("(SMB)");
    assertLocalFileSystem("C:\\data", refuse, never, "win32");
    assertLocalFileSystem("\\\\?\\C:\\data", refuse, never, "win32");
  });

  it("is not what a local disk is", () => {
    const warn = jest.spyOn(process, "emitWarning").mockImplementation(() => {});
    assertLocalFileSystem("/", refuse, () => 0xef53, "linux");
    assertLocalFileSystem(process.cwd(), refuse);
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });
});
