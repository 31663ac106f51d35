import type { Log, Storage } from "../storage.ts";
import { sqliteStorage } from "./sqlite-storage.ts";
import { startLimitedChild } from "./test/child.ts";
import { snapshotFilesIn } from "./test/files.ts";
import { removeTemporaryFolders, temporaryFolder } from "./test/temporary-folder.ts";

afterAll(removeTemporaryFolders);

async function fillUp(log: Log): Promise<{ appended: number; error: unknown }> {
  for (let appended = 0; ; appended++) {
    try {
      await log.append([{ id: String(appended), data: new Uint8Array(20_000).fill(appended & 255) }]);
    } catch (error) {
      return { appended, error };
    }
  }
}

describe("a store that is full", () => {
  let directory: string;
  let storage: Storage;
  beforeEach(() => {
    directory = temporaryFolder();
    storage = sqliteStorage({ directory, maxPages: 200 });
  });
  afterEach(() => storage.close());

  it("says so, keeps nothing of the batch, and gives back all that it acknowledged", async () => {
    const log = await storage.open("p/index/a");
    const { appended, error } = await fillUp(log);
    expect(error).toMatchObject({ code: "storage.full" });
    expect((await log.head()).version).toBe(appended);
    const batches = await log.read({ after: 0 });
    expect(batches.map(({ records }) => records[0]?.data[0])).toEqual(batches.map((_, i) => i & 255));
    expect(batches.length).toBe(appended);
  });

  it("takes what still fits, also beside what does not", async () => {
    const log = await storage.open("p/index/a");
    const { appended } = await fillUp(log);
    const large = log.append([{ id: "large", data: new Uint8Array(1_000_000) }]);
    const small = log.append([{ id: "small", data: new Uint8Array(10) }]);
    await expect(large).rejects.toMatchObject({ code: "storage.full" });
    expect(await small).toEqual({ version: appended + 1, duplicate: false });
  });

  it("takes appends again once something was deleted", async () => {
    await fillUp(await storage.open("p/index/a"));
    const other = await storage.open("p/index/b");
    const append = () => other.append([{ id: "x", data: new Uint8Array(300_000) }]);
    await expect(append()).rejects.toMatchObject({ code: "storage.full" });
    await storage.delete("p/index/a");
    expect((await append()).version).toBe(1);
  });

  it("can be opened and read by the next process, which may have more room", async () => {
    const { appended } = await fillUp(await storage.open("p/index/a"));
    await storage.close();
    const roomier = sqliteStorage({ directory });
    const log = await roomier.open("p/index/a");
    expect((await log.read({ after: 0 })).length).toBe(appended);
    expect((await log.append([{ id: "x", data: new Uint8Array(100_000) }])).version).toBe(appended + 1);
    await roomier.close();
  });
});

describe("a process that may not write files any larger", () => {
  it("is told that the store is full, keeps what was acknowledged, and leaves no piece of a snapshot", async () => {
    const directory = temporaryFolder();
    const child = startLimitedChild("limited-child", [directory], 4_096);
    expect(await child.ended).toBe(0);
    const result = JSON.parse(child.lines.join(""));
    expect(result).toMatchObject({ code: "storage.full", snapshotCode: "storage.full", readable: result.acknowledged });
    expect(result.acknowledged).toBeGreaterThan(10);
    expect(snapshotFilesIn(directory)).toEqual([]);

    const storage = sqliteStorage({ directory });
    const log = await storage.open("p/index/a");
    const batches = await log.read({ after: 0 });
    expect(batches.length).toBe(result.acknowledged);
    expect(batches.every(({ records }) => records[0]?.data.every((byte) => byte === 7))).toBe(true);
    expect((await log.append([{ id: "x", data: new Uint8Array(20_000) }])).version).toBe(result.acknowledged + 1);
    await storage.close();
  });
});
