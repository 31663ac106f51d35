import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { jest } from "@jest/globals";
import { Database } from "./database.ts";
import type { WorkerOptions } from "./protocol.ts";
import { isBusy } from "./sqlite-error.ts";
import { removeTemporaryFolders, temporaryFolder } from "./test/temporary-folder.ts";

afterEach(() => {
  jest.restoreAllMocks();
  removeTemporaryFolders();
});

describe("a store that two processes make at once", () => {
  it("is not taken for another program's when one looks at it while the other makes it", () => {
    const options: WorkerOptions = {
      name: "test",
      file: join(temporaryFolder(), "sotto.db"),
      maxPages: undefined,
      busyTimeoutMs: 0,
      pollIntervalMs: 100,
      allowNetworkFileSystem: false,
      processToken: "test",
      nowMs: 0,
    };
    const { prepare } = DatabaseSync.prototype;
    let other: Database | undefined;
    let looked = 0;
    jest.spyOn(DatabaseSync.prototype, "prepare").mockImplementation(function (this: DatabaseSync, sql, ...rest) {
      if (sql.includes("sqlite_schema") && looked++ === 0) {
        try {
          other = new Database(options);
        } catch (error) {
          // It has to wait for the one that looks.
          expect(isBusy(error)).toBe(true);
        }
      }
      return prepare.call(this, sql, ...rest);
    });
    const database = new Database(options);
    expect(looked).toBeGreaterThan(0);
    expect(database.counter("moved")).toBe(0);
    other?.close();
    database.close();
  });
});
