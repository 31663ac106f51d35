import { readFileSync, truncateSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Log, Storage } from "../storage.ts";
import { sqliteStorage } from "./sqlite-storage.ts";
import { filesWith, snapshotFilesIn } from "./test/files.ts";
import { removeTemporaryFolders, temporaryFolder } from "./test/temporary-folder.ts";

const encoder = new TextEncoder();
const opened: Storage[] = [];

function open(directory: string): Storage {
  const storage = sqliteStorage({ directory });
  opened.push(storage);
  return storage;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((storage) => storage.close()));
  removeTemporaryFolders();
});

/** A log of six batches with snapshots at 2 and 4. */
async function logWithSnapshots(directory: string): Promise<Log> {
  const log = await open(directory).open("p/index/a");
  for (let i = 1; i <= 6; i++) await log.append([{ id: String(i), data: encoder.encode(`batch number ${i}`) }]);
  for (const version of [2, 4]) {
    await log.writeSnapshot({ version, epoch: 1, data: encoder.encode(`fold up to ${version}, and more`) });
  }
  return log;
}

function snapshotFile(directory: string, version: number): string {
  const [file] = snapshotFilesIn(directory).filter((path) => readFileSync(path).includes(`fold up to ${version},`));
  if (file === undefined) throw new Error(`there is no snapshot ${version}`);
  return file;
}

const damages: [string, (file: string) => void][] = [
  ["truncated", (file) => truncateSync(file, 10)],
  ["bit-flipped", (file) => flipBit(file, 5)],
  ["missing", (file) => unlinkSync(file)],
  ["empty", (file) => truncateSync(file, 0)],
];

function flipBit(file: string, position: number): void {
  const bytes = readFileSync(file);
  bytes[position] = (bytes[position] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

describe.each(damages)("a snapshot whose file is %s", (_name, damage) => {
  it("is passed over for the one before it", async () => {
    const directory = temporaryFolder();
    const log = await logWithSnapshots(directory);
    await log.truncate({ before: 4 });
    damage(snapshotFile(directory, 4));
    const snapshot = await log.readSnapshot();
    expect(snapshot?.version).toBe(2);
    expect(Buffer.from(snapshot?.data ?? []).toString()).toBe("fold up to 2, and more");
    expect((await log.read({ after: 2 })).map(({ version }) => version)).toEqual([3, 4, 5, 6]);
  });

  it("is passed over for the log, when the log reaches back to its beginning", async () => {
    const directory = temporaryFolder();
    const log = await logWithSnapshots(directory);
    for (const version of [2, 4]) damage(snapshotFile(directory, version));
    expect(await log.readSnapshot()).toBeUndefined();
    expect((await log.read({ after: 0 })).length).toBe(6);
    await log.writeSnapshot({ version: 6, epoch: 1, data: encoder.encode("anew") });
    expect((await log.readSnapshot())?.version).toBe(6);
  });

  it("is an error when there is no other and the log was compacted", async () => {
    const directory = temporaryFolder();
    const log = await logWithSnapshots(directory);
    await log.truncate({ before: 2 });
    for (const version of [2, 4]) damage(snapshotFile(directory, version));
    await expect(log.readSnapshot()).rejects.toMatchObject({ code: "storage.corrupt" });
    await expect(log.readSnapshot()).rejects.toThrow('Every snapshot of the log "p/index/a" is damaged: ');
  });
});

describe("a database", () => {
  async function closedStore(): Promise<{ directory: string; file: string }> {
    const directory = temporaryFolder();
    await logWithSnapshots(directory);
    await opened.pop()?.close();
    return { directory, file: join(directory, "sotto.db") };
  }

  it("with a changed bit in a batch says which batch, and the others can be read", async () => {
    const { directory, file } = await closedStore();
    expect(filesWith(directory, "batch number 3")).toEqual([file]);
    flipBit(file, readFileSync(file).indexOf("batch number 3"));
    const log = await open(directory).open("p/index/a");
    await expect(log.read({ after: 0 })).rejects.toMatchObject({ code: "storage.corrupt" });
    await expect(log.read({ after: 2 })).rejects.toThrow(
      'Batch 3 of the log "p/index/a" is damaged: its checksum does not hold.',
    );
    expect((await log.read({ after: 3 })).length).toBe(3);
  });

  it("that is something else altogether is storage.corrupt", async () => {
    const { directory, file } = await closedStore();
    writeFileSync(file, "This is not a database, and it is longer than the header of one.".repeat(100));
    await expect(open(directory).open("p/index/a")).rejects.toMatchObject({ code: "storage.corrupt" });
  });

  it("with ruined pages is storage.corrupt", async () => {
    const { directory, file } = await closedStore();
    const bytes = readFileSync(file);
    bytes.fill(0xee, 4_096);
    writeFileSync(file, bytes);
    const read = open(directory)
      .open("p/index/a")
      .then((log) => log.read({ after: 0 }));
    await expect(read).rejects.toMatchObject({ code: "storage.corrupt" });
  });

  it("of a newer format is refused and left as it is", async () => {
    const { directory, file } = await closedStore();
    const database = new DatabaseSync(file);
    database.exec("PRAGMA user_version = 2");
    database.close();
    const before = readFileSync(file);
    const opening = open(directory).open("p/index/a");
    await expect(opening).rejects.toMatchObject({
      code: "storage.newer_format",
      details: { formatVersion: 2, supportedVersion: 1 },
    });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it("of another program is refused and left as it is", async () => {
    const directory = temporaryFolder();
    const database = new DatabaseSync(join(directory, "sotto.db"));
    database.exec("CREATE TABLE theirs (a)");
    database.close();
    const before = readFileSync(join(directory, "sotto.db"));
    await expect(open(directory).open("p/index/a")).rejects.toThrow("it is a SQLite database of another program");
    expect(readFileSync(join(directory, "sotto.db")).equals(before)).toBe(true);
  });

  it("that could not be opened can be opened once what was in the way is gone", async () => {
    const directory = temporaryFolder();
    const file = join(directory, "sotto.db");
    writeFileSync(file, "not a database".repeat(100));
    const storage = open(directory);
    await expect(storage.open("p/index/a")).rejects.toMatchObject({ code: "storage.corrupt" });
    unlinkSync(file);
    expect((await (await storage.open("p/index/a")).head()).version).toBe(0);
  });
});
