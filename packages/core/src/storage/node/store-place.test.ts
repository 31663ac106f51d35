import { chmodSync, copyFileSync, cpSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Database } from "./database.ts";
import { type Migration, migrations } from "./migrations.ts";
import { sqliteStorage } from "./sqlite-storage.ts";
import { removeTemporaryFolders, temporaryFolder } from "./test/temporary-folder.ts";

afterAll(removeTemporaryFolders);

const record = (id: string) => ({ id, data: new TextEncoder().encode(`text of ${id}`) });
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe("where a store lies", () => {
  it("is for its owner's eyes only, and kept out of version control", async () => {
    const directory = join(temporaryFolder(), "deep", ".sotto");
    const storage = sqliteStorage({ directory });
    await (await storage.open("p/index/a")).append([record("a")]);
    expect(modeOf(directory)).toBe("700");
    for (const file of ["sotto.db", "sotto.db-wal", "sotto.db-shm"]) expect(modeOf(join(directory, file))).toBe("600");
    expect(readFileSync(join(directory, ".gitignore"), "utf8")).toBe("*\n");
    await storage.close();
  });

  it("is closed to others where an earlier version left it open, and left alone where somebody chose", async () => {
    const directory = temporaryFolder();
    const file = join(directory, "sotto.db");
    const open = async () => {
      const storage = sqliteStorage({ directory });
      await storage.open("p/index/a");
      await storage.close();
    };
    await open();
    chmodSync(file, 0o644);
    await open();
    expect(modeOf(file)).toBe("600");
    chmodSync(file, 0o660);
    await open();
    expect(modeOf(file)).toBe("660");
  });

  it.each([
    ["deleted", (folder: string) => rmSync(folder, { recursive: true })],
    [
      "replaced",
      (folder: string) => {
        renameSync(folder, `${folder}-old`);
        cpSync(`${folder}-old`, folder, { recursive: true });
      },
    ],
  ])("is watched: nothing is acknowledged any more once it was %s", async (_what, change) => {
    const directory = join(temporaryFolder(), "store");
    const storage = sqliteStorage({ directory });
    const log = await storage.open("p/index/a");
    await log.append([record("a")]);
    change(directory);
    for (const append of [() => log.append([record("b")]), () => log.append([record("c")])])
      await expect(append()).rejects.toMatchObject({
        code: "storage.unavailable",
        message: expect.stringMatching(/deleted|replaced/),
      });
    await storage.close();
  });
});

describe("a store that is open for reading only", () => {
  it("answers what is in it, and refuses every write", async () => {
    const directory = temporaryFolder();
    const writer = sqliteStorage({ directory });
    const written = await writer.open("p/index/a");
    await written.append([record("a"), record("b")]);
    await written.writeSnapshot({ version: 1, epoch: 1, data: new Uint8Array([1, 2, 3]) });
    const reader = sqliteStorage({ directory, readOnly: true });
    const log = await reader.open("p/index/a");
    expect((await log.read({ after: 0 }))[0]?.records).toHaveLength(2);
    expect((await log.readSnapshot())?.data).toEqual(new Uint8Array([1, 2, 3]));
    expect(await reader.list("p/")).toEqual(["p/index/a"]);
    for (const write of [
      () => log.append([record("c")]),
      () => log.erase(["a"]),
      () => log.truncate({ before: 1 }),
      () => log.writeSnapshot({ version: 1, epoch: 1, data: new Uint8Array(1) }),
      () => reader.delete("p/index/a"),
    ])
      await expect(write()).rejects.toMatchObject({ code: "storage.read_only" });
    await written.append([record("c")]);
    expect((await log.head()).version).toBe(2);
    await reader.close();
    await writer.close();
  });

  it("has to exist", async () => {
    const storage = sqliteStorage({ directory: join(temporaryFolder(), "none"), readOnly: true });
    await expect(storage.open("p/index/a")).rejects.toMatchObject({ code: "storage.unavailable" });
  });
});

describe("a copy of a store that is open", () => {
  it("is refused without its write-ahead log, and complete with it", async () => {
    const [from, bare, whole] = ["from", "bare", "whole"].map((name) => join(temporaryFolder(), name));
    const storage = sqliteStorage({ directory: from as string });
    await (await storage.open("p/index/a")).append([record("a")]);
    for (const to of [bare, whole]) {
      mkdirSync(to as string);
      copyFileSync(join(from as string, "sotto.db"), join(to as string, "sotto.db"));
    }
    copyFileSync(join(from as string, "sotto.db-wal"), join(whole as string, "sotto.db-wal"));
    const refused = sqliteStorage({ directory: bare as string });
    await expect(refused.open("p/index/a")).rejects.toMatchObject({
      code: "storage.corrupt",
      message: expect.stringMatching(/write-ahead log/),
    });
    const copy = sqliteStorage({ directory: whole as string });
    expect((await (await copy.open("p/index/a")).head()).version).toBe(1);
    await Promise.all([storage.close(), copy.close()]);
    // Closed, the file alone is all of it.
    copyFileSync(join(from as string, "sotto.db"), join(bare as string, "sotto.db"));
    const closed = sqliteStorage({ directory: bare as string });
    expect((await (await closed.open("p/index/a")).head()).version).toBe(1);
    await closed.close();
  });
});

describe("a store that was in use", () => {
  it("can be opened by another process after its write-ahead log was emptied", async () => {
    const directory = temporaryFolder();
    const first = sqliteStorage({ directory });
    const log = await first.open("p/index/a");
    await log.append([record("a")]);
    await log.erase(["a"]);
    const second = sqliteStorage({ directory });
    expect((await (await second.open("p/index/a")).head()).version).toBe(1);
    await first.close();
    expect((await (await second.open("p/index/a")).append([record("b")])).version).toBe(2);
    await second.close();
    const third = sqliteStorage({ directory });
    expect((await (await third.open("p/index/a")).head()).version).toBe(2);
    await third.close();
  });
});

describe("the steps of the format", () => {
  const options = (file: string) => ({
    name: "sqlite:test",
    file,
    maxPages: undefined,
    busyTimeoutMs: 1_000,
    pollIntervalMs: 100,
    allowNetworkFileSystem: false,
    processToken: "t",
    nowMs: 0,
  });
  const second: Migration = {
    to: 2,
    run: (sqlite) => sqlite.exec("ALTER TABLE logs ADD COLUMN note TEXT NOT NULL DEFAULT 'none'"),
  };

  it("bring an older store to where a newer version wants it, and keep what is in it", () => {
    const file = join(temporaryFolder(), "sotto.db");
    const before = new Database(options(file));
    before.run("INSERT INTO logs (key, version, base, epoch) VALUES ('p/index/a', 0, 0, 1)");
    before.close();
    const after = new Database(options(file), [...migrations, second]);
    expect(after.all("SELECT key, note FROM logs")).toMatchObject([{ key: "p/index/a", note: "none" }]);
    after.close();
    expect(() => new Database(options(file))).toThrow(/format 2/);
    expect(
      new Database(options(join(temporaryFolder(), "new.db")), [...migrations, second]).get("SELECT note FROM logs"),
    ).toBeUndefined();
  });

  it("are taken whole or not at all", () => {
    const file = join(temporaryFolder(), "sotto.db");
    new Database(options(file)).close();
    const broken: Migration = {
      to: 2,
      run: (sqlite) => sqlite.exec("ALTER TABLE logs ADD COLUMN note TEXT; SELECT * FROM nowhere"),
    };
    expect(() => new Database(options(file), [...migrations, broken])).toThrow(/nowhere/);
    const sqlite = new DatabaseSync(file);
    expect(sqlite.prepare("PRAGMA user_version").get()).toEqual({ user_version: 1 });
    expect(sqlite.prepare("SELECT count(*) AS n FROM pragma_table_info('logs') WHERE name = 'note'").get()).toEqual({
      n: 0,
    });
    sqlite.close();
  });
});
