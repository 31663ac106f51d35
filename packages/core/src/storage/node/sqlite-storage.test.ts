import { testStorage } from "../../testing/storage/test-storage.ts";
import { sqliteStorage } from "./sqlite-storage.ts";
import { removeTemporaryFolders, temporaryFolder } from "./test/temporary-folder.ts";

testStorage("sqliteStorage", async () => {
  const directory = temporaryFolder();
  return {
    storage: sqliteStorage({ directory, pollIntervalMs: 5 }),
    reopen: async () => sqliteStorage({ directory, pollIntervalMs: 5 }),
    cleanup: async () => removeTemporaryFolders(),
  };
});
