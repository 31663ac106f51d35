import { statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Log, Storage } from "../storage.ts";
import { sqliteStorage } from "./sqlite-storage.ts";
import { filesWith, snapshotFilesIn } from "./test/files.ts";
import { removeTemporaryFolders, temporaryFolder } from "./test/temporary-folder.ts";

const encoder = new TextEncoder();
const opened: Storage[] = [];

function open(directory: string, options: { maxPages?: number; now?: () => number } = {}): Storage {
  const storage = sqliteStorage({ directory, ...options });
  opened.push(storage);
  return storage;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((storage) => storage.close()));
  removeTemporaryFolders();
});

/** Sizes from a few bytes to several pages, with the mark of its log all over. */
function text(mark: string, i: number): Uint8Array {
  return encoder.encode(`${mark} ${i} `.repeat(1 + ((i * 37) % 11 === 0 ? 800 : (i * 7) % 60)));
}

async function fill(logs: Record<string, Log>, from: number, to: number): Promise<void> {
  const appends = [];
  for (let i = from; i <= to; i++) {
    for (const [mark, log] of Object.entries(logs)) appends.push(log.append([{ id: String(i), data: text(mark, i) }]));
  }
  await Promise.all(appends);
}

async function compact(mark: string, log: Log, version: number): Promise<void> {
  const { epoch } = await log.head();
  for (const at of [version, version + 1]) await log.writeSnapshot({ version: at, epoch, data: text(mark, at) });
  await log.truncate({ before: version });
}

const allIds = Array.from({ length: 400 }, (_, i) => String(i + 1));

async function fourLogs(storage: Storage): Promise<{ alpha: Log; beta: Log; gamma: Log; delta: Log }> {
  const [alpha, beta, gamma, delta] = await Promise.all([
    storage.open("p/session/alpha"),
    storage.open("p/session/beta"),
    storage.open("p/session/gamma"),
    storage.open("p/session/delta"),
  ]);
  return { alpha, beta, gamma, delta };
}

describe("erased text", () => {
  it("is in no file of the store: not the database, its log or a snapshot", async () => {
    const directory = temporaryFolder();
    const storage = open(directory);
    const logs = await fourLogs(storage);
    const marks = {
      "ALPHA-TEXT": logs.alpha,
      "BETA-TEXT": logs.beta,
      "GAMMA-TEXT": logs.gamma,
      "DELTA-TEXT": logs.delta,
    };
    await fill(marks, 1, 200);
    await compact("BETA-TEXT", logs.beta, 120);
    await compact("GAMMA-TEXT", logs.gamma, 60);
    await fill(marks, 201, 400);
    await compact("DELTA-TEXT", logs.delta, 310);
    await logs.alpha.writeSnapshot({ version: 400, epoch: 1, data: text("ALPHA-TEXT", 400) });
    for (const mark of Object.keys(marks)) expect(filesWith(directory, mark)).not.toEqual([]);

    expect(await logs.alpha.erase(allIds)).toEqual({ epoch: 2, erased: 400 });
    expect(filesWith(directory, "ALPHA-TEXT")).toEqual([]);

    const snapshot = { version: 400, data: encoder.encode("nothing") };
    expect(await logs.beta.erase(allIds, { epoch: 1, snapshot })).toEqual({ epoch: 2, erased: 280 });
    expect(filesWith(directory, "BETA-TEXT")).toEqual([]);

    expect(await storage.delete("p/session/gamma")).toBe(true);
    expect(filesWith(directory, "GAMMA-TEXT")).toEqual([]);

    const left = await logs.delta.read({ after: 310 });
    expect(left.map(({ records }) => records[0]?.data.join())).toEqual(
      left.map(({ version }) => text("DELTA-TEXT", version).join()),
    );
    expect(left.length).toBe(90);
  });

  it("is in no file when rows have been moved to make room", async () => {
    const directory = temporaryFolder();
    const storage = open(directory, { maxPages: 1_000 });
    const logs = await fourLogs(storage);
    await fill({ "ALPHA-TEXT": logs.alpha, "BETA-TEXT": logs.beta }, 1, 300);
    await compact("ALPHA-TEXT", logs.alpha, 150);
    const filler = await storage.open("p/index/filler");
    const fillers = Array.from({ length: 300 }, () => filler.append([{ id: "x", data: new Uint8Array(20_000) }]));
    const outcomes = await Promise.allSettled(fillers);
    expect(outcomes.some(({ status }) => status === "rejected")).toBe(true);
    expect(await storage.delete("p/index/filler")).toBe(true);
    expect((await logs.beta.erase(allIds)).erased).toBe(300);
    expect(filesWith(directory, "BETA-TEXT")).toEqual([]);
    expect((await logs.alpha.read({ after: 150 })).length).toBe(150);
  });

  it("is in no file while other processes' connections are open and read on", async () => {
    const directory = temporaryFolder();
    const log = await open(directory).open("p/session/s");
    const other = await open(directory).open("p/session/s");
    await fill({ "SECRET-TEXT": log }, 1, 100);
    let stop = false;
    const reading = (async () => {
      while (!stop) await other.read({ after: 0 });
    })();
    await log.erase(allIds);
    expect(filesWith(directory, "SECRET-TEXT")).toEqual([]);
    stop = true;
    await reading;
  });

  it("is not brought back by a snapshot that another holder was writing", async () => {
    const directory = temporaryFolder();
    const log = await open(directory).open("p/session/s");
    const others = await Promise.all([open(directory).open("p/session/s"), log]);
    await fill({ "SECRET-TEXT": log }, 1, 10);
    const data = encoder.encode("SECRET-TEXT ".repeat(500_000));
    const writing = others.map((other) => other.writeSnapshot({ version: 10, epoch: 1, data }));
    const settled = Promise.allSettled(writing);
    await log.head();
    await log.erase(allIds);
    expect(filesWith(directory, "SECRET-TEXT")).toEqual([]);
    for (const outcome of await settled) {
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "storage.compacted" });
    }
    expect(filesWith(directory, "SECRET-TEXT")).toEqual([]);
    expect(await log.readSnapshot()).toBeUndefined();
  });
});

describe("the space of what was deleted", () => {
  it("goes back to the file system when it is the larger part of a large store", async () => {
    const directory = temporaryFolder();
    const storage = open(directory);
    const large = await storage.open("p/index/large");
    const small = await storage.open("p/index/small");
    await fill({ "SMALL-TEXT": small }, 1, 20);
    for (let i = 0; i < 8; i++) await large.append([{ id: "x", data: new Uint8Array(9_000_000).fill(i) }]);
    await storage.delete("p/index/large");
    expect((await small.read({ after: 0 })).length).toBe(20);
    await storage.close();
    expect(statSync(join(directory, "sotto.db")).size).toBeLessThan(1_000_000);
  });
});

describe("snapshot files", () => {
  it("are two at most", async () => {
    const directory = temporaryFolder();
    const log = await open(directory).open("p/index/a");
    await fill({ text: log }, 1, 5);
    for (let version = 1; version <= 5; version++)
      await log.writeSnapshot({ version, epoch: 1, data: text("fold", version) });
    expect(snapshotFilesIn(directory).length).toBe(2);
  });

  it("that nothing speaks of are removed when a store is opened, once they are an hour old", async () => {
    const directory = temporaryFolder();
    const hourMs = 3_600_000;
    const now = () => 100 * hourMs;
    const log = await open(directory, { now }).open("p/index/a");
    await fill({ text: log }, 1, 1);
    await log.writeSnapshot({ version: 1, epoch: 1, data: text("fold", 1) });
    const [kept] = snapshotFilesIn(directory);
    const orphan = (name: string, ageMs: number) => {
      const file = join(directory, "sotto.db-snapshots", name);
      writeFileSync(file, "orphan");
      utimesSync(file, (now() - ageMs) / 1_000, (now() - ageMs) / 1_000);
      return file;
    };
    orphan("old.snapshot", 2 * hourMs);
    orphan("older.snapshot.tmp", 3 * hourMs);
    const young = orphan("young.snapshot.tmp", hourMs / 2);
    await open(directory, { now }).open("p/index/a");
    expect(snapshotFilesIn(directory).sort()).toEqual([kept, young].sort());
  });
});
