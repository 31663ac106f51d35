import { assertEqual, assertRejects } from "./assertions.ts";
import { bytesOf, contents, fill, type StorageCase, snapshotAt } from "./fixture.ts";

export const snapshotCases: readonly StorageCase[] = [
  {
    title: "gives back the newest snapshot, whichever order they were written in",
    async run({ storage }) {
      const log = await storage.open("p/index/a");
      await fill(log, 3);
      await snapshotAt(log, 3);
      await snapshotAt(log, 2);
      assertEqual(await log.readSnapshot(), { version: 3, epoch: 1, data: bytesOf("fold up to 3") }, "snapshot");
      await snapshotAt(log, 3, "anew");
      assertEqual((await log.readSnapshot())?.data, bytesOf("anew"), "one that was written anew");
    },
  },
  {
    title: "refuses a snapshot of what was never committed",
    async run({ storage }) {
      const log = await storage.open("p/index/a");
      await fill(log, 1);
      await assertRejects(snapshotAt(log, 2), "argument.invalid", "writeSnapshot");
      assertEqual(await log.readSnapshot(), undefined, "snapshot");
    },
  },
  {
    title: "truncates up to the older of two snapshots and no further",
    async run({ storage }) {
      const log = await storage.open("p/index/a");
      await fill(log, 9);
      assertEqual(await log.truncate({ before: 9 }), 0, "base without a snapshot");
      await snapshotAt(log, 4);
      assertEqual(await log.truncate({ before: 4 }), 0, "base with one snapshot");
      await snapshotAt(log, 8);
      assertEqual(await log.truncate({ before: 3 }), 3, "base below the bound");
      assertEqual(await log.truncate({ before: 9 }), 4, "base at the bound");
      assertEqual(await log.truncate({ before: 2 }), 4, "base after a lower one was asked for");
      await snapshotAt(log, 9);
      assertEqual(await log.truncate({ before: 9 }), 8, "base: the two newest count");
      assertEqual(await log.head(), { version: 9, base: 8, epoch: 1 }, "head");
      assertEqual(await contents(log, 8), ["9:9=text of 9"], "what is left");
    },
  },
  {
    title: "tells a reader that is behind a compaction, and it recovers by the snapshot",
    async run({ storage }) {
      const log = await storage.open("p/index/a");
      await fill(log, 6);
      await snapshotAt(log, 4);
      await snapshotAt(log, 5);
      await log.truncate({ before: 4 });
      const error = await assertRejects(log.read({ after: 3 }), "storage.compacted", "read");
      assertEqual(error.details, { key: "p/index/a", after: 3, base: 4, epoch: 1 }, "details of the error");
      const snapshot = await log.readSnapshot();
      assertEqual(snapshot?.version, 5, "version of the snapshot");
      assertEqual(await contents(log, snapshot?.version), ["6:6=text of 6"], "what follows it");
    },
  },
  {
    title: "refuses a snapshot from before a compaction",
    async run({ storage }) {
      const log = await storage.open("p/index/a");
      await fill(log, 6);
      await snapshotAt(log, 4);
      await snapshotAt(log, 5);
      await log.truncate({ before: 4 });
      await assertRejects(snapshotAt(log, 3), "storage.compacted", "writeSnapshot");
      assertEqual((await log.readSnapshot())?.version, 5, "version of the snapshot");
    },
  },
];
