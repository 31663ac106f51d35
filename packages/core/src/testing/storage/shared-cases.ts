import { assertEqual, assertRejects } from "./assertions.ts";
import { bytesOf, contents, fill, record, type StorageCase, snapshotAt } from "./fixture.ts";
import { wakeUps } from "./store-cases.ts";

/** For stores that can be opened twice. */
export const sharedCases: readonly StorageCase[] = [
  {
    title: "holds everything, queued appends too, after it was closed and opened again",
    needsReopen: true,
    async run({ storage, reopen }) {
      const log = await storage.open("p/index/a");
      await log.append([record("a")], { idempotencyKey: "k" });
      await snapshotAt(log, 1);
      await log.append([record("b")], { durability: "queued" });
      await storage.close();
      const again = await (await reopen()).open("p/index/a");
      assertEqual(await contents(again), ["1:a=text of a", "2:b=text of b"], "batches");
      assertEqual(await again.readSnapshot(), { version: 1, epoch: 1, data: bytesOf("fold up to 1") }, "snapshot");
      assertEqual((await again.append([record("a")], { idempotencyKey: "k" })).duplicate, true, "a duplicate");
    },
  },
  {
    title: "is one log to two holders: each reads what the other committed, and versions are given once",
    needsReopen: true,
    async run({ storage, reopen }) {
      const one = await storage.open("p/index/a");
      const two = await (await reopen()).open("p/index/a");
      const appends = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? one : two).append([record(String(i))]));
      const versions = (await Promise.all(appends)).map(({ version }) => version ?? 0).sort((a, b) => a - b);
      assertEqual(
        versions,
        Array.from({ length: 40 }, (_, i) => i + 1),
        "versions",
      );
      assertEqual(await contents(one), await contents(two), "batches");
    },
  },
  {
    title: "wakes a watcher when another holder changed the log",
    needsReopen: true,
    async run({ storage, reopen }) {
      const watcher = await storage.open("p/index/a");
      const wakes = wakeUps();
      watcher.watch(wakes.listener);
      await watcher.head();
      await fill(await (await reopen()).open("p/index/a"), 1);
      await wakes.next();
      assertEqual((await watcher.head()).version, 1, "version");
    },
  },
  {
    title: "tells a holder that is behind another's compaction or erase, and it recovers",
    needsReopen: true,
    async run({ storage, reopen }) {
      const stale = await storage.open("p/index/a");
      const other = await (await reopen()).open("p/index/a");
      await fill(stale, 4);
      await snapshotAt(other, 2);
      await snapshotAt(other, 3);
      await other.truncate({ before: 2 });
      await assertRejects(stale.read({ after: 1, epoch: 1 }), "storage.compacted", "read behind a compaction");
      assertEqual((await stale.readSnapshot())?.version, 3, "version of the snapshot");
      await other.erase(["4"], { epoch: 1, snapshot: { version: 3, data: bytesOf("clean") } });
      await assertRejects(stale.read({ after: 4, epoch: 1 }), "storage.compacted", "read in an old epoch");
      const snapshot = await stale.readSnapshot();
      assertEqual(snapshot, { version: 3, epoch: 2, data: bytesOf("clean") }, "snapshot");
      assertEqual(await contents(stale, 3), ["4:4=erased"], "what follows it");
    },
  },
];
