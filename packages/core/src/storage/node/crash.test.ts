import { jest } from "@jest/globals";
import type { Log } from "../storage.ts";
import { sqliteStorage } from "./sqlite-storage.ts";
import { startChild } from "./test/child.ts";
import { snapshotFilesIn } from "./test/files.ts";
import { removeTemporaryFolders, temporaryFolder } from "./test/temporary-folder.ts";

/** More rounds for a longer look: SOTTO_FAULT_ROUNDS=100. */
const rounds = Number(process.env.SOTTO_FAULT_ROUNDS ?? 4);

jest.setTimeout(60_000 + rounds * 10_000);
afterAll(removeTemporaryFolders);

async function readAll(log: Log, after = 0) {
  const batches = [];
  for (let last = after; ; ) {
    const next = await log.read({ after: last });
    if (next.length === 0) return batches;
    batches.push(...next);
    last = next.at(-1)?.version ?? last;
  }
}

describe("a process that is killed", () => {
  it("while it appends loses no acknowledged batch and leaves no half of one", async () => {
    const directory = temporaryFolder();
    const acknowledged = new Map<number, string>();
    for (let round = 0; round < rounds; round++) {
      // From right after the first commit to thousands of commits on.
      const killAfter = 1 + Math.floor(((round % 4) / 3) * 3_000);
      const child = startChild("append-child", [directory, "p/index/a", `r${round}`, "1000000"], (_line, process) => {
        if (child.lines.length === killAfter) process.kill("SIGKILL");
      });
      expect(await child.ended).toBe("SIGKILL");
      expect(child.lines.length).toBeGreaterThanOrEqual(killAfter);
      for (const line of child.lines) acknowledged.set(Number(line.split(" ")[0]), String(line.split(" ")[1]));

      const storage = sqliteStorage({ directory });
      const batches = await readAll(await storage.open("p/index/a"));
      await storage.close();
      expect(batches.map(({ version }) => version)).toEqual(batches.map((_, i) => i + 1));
      for (const { records } of batches) {
        const name = records[0]?.id.split(":")[0];
        expect(records.map(({ id }) => id)).toEqual([`${name}:a`, `${name}:b`, `${name}:c`]);
      }
      const found = new Map(batches.map(({ version, records }) => [version, records[0]?.id.split(":")[0]]));
      expect([...acknowledged].filter(([version, name]) => found.get(version) !== name)).toEqual([]);
    }
  });

  it("while it writes a snapshot leaves the last one that was acknowledged, or a newer one, whole", async () => {
    const directory = temporaryFolder();
    for (let round = 0; round < rounds; round++) {
      let written = 0;
      const child = startChild("snapshot-child", [directory], (line, process) => {
        if (line.startsWith("written")) written += 1;
        if (line.startsWith("writing") && written === 2 + (round % 5)) process.kill("SIGKILL");
      });
      expect(await child.ended).toBe("SIGKILL");
      const last = (what: string) => Number(child.lines.findLast((line) => line.startsWith(what))?.split(" ")[1]);

      const storage = sqliteStorage({ directory });
      const log = await storage.open("p/index/a");
      const snapshot = await log.readSnapshot();
      if (snapshot === undefined) throw new Error("no snapshot is left");
      expect(snapshot.version).toBeGreaterThanOrEqual(last("written"));
      expect(Buffer.from(snapshot.data).equals(Buffer.alloc(1_000_000, snapshot.version & 255))).toBe(true);
      const { version, base } = await log.head();
      expect(version).toBeGreaterThanOrEqual(last("committed"));
      expect((await readAll(log, snapshot.version)).length).toBe(version - snapshot.version);
      expect((await readAll(log, base)).length).toBe(version - base);
      // What the killed process was writing is gone.
      expect(snapshotFilesIn(directory).filter((file) => !file.endsWith(".snapshot"))).toEqual([]);
      expect(snapshotFilesIn(directory).length).toBeLessThanOrEqual(2);
      await storage.close();
    }
  });
});

describe("a process that forgets to close its store", () => {
  it("ends by itself, and what it committed is there", async () => {
    const directory = temporaryFolder();
    expect(await startChild("forgetful-child", [directory]).ended).toBe(0);
    const storage = sqliteStorage({ directory });
    expect(await (await storage.open("p/index/a")).head()).toEqual({ version: 50, base: 0, epoch: 1 });
    await storage.close();
  });
});

describe("four processes that append to one log at once", () => {
  it("get the versions 1 to n, each once, and all read the same", async () => {
    const directory = temporaryFolder();
    const storages = [1, 2, 3, 4].map(() => sqliteStorage({ directory }));
    const logs = await Promise.all(storages.map((storage) => storage.open("p/index/a")));
    const children = ["a", "b", "c", "d"].map((tag) =>
      startChild("append-child", [directory, "p/index/a", tag, "250"]),
    );
    expect(await Promise.all(children.map(({ ended }) => ended))).toEqual([0, 0, 0, 0]);

    const acknowledged = children.flatMap(({ lines }) => lines).map((line) => line.split(" "));
    const versions = acknowledged.map(([version]) => Number(version)).sort((a, b) => a - b);
    expect(versions).toEqual(Array.from({ length: 1_000 }, (_, i) => i + 1));
    const views = await Promise.all(logs.map((log) => readAll(log)));
    for (const view of views) {
      const found = new Map(view.map(({ version, records }) => [String(version), records[0]?.id.split(":")[0]]));
      expect(acknowledged.filter(([version, name]) => found.get(String(version)) !== name)).toEqual([]);
      expect(view.length).toBe(1_000);
    }
    await Promise.all(storages.map((storage) => storage.close()));
  });
});
