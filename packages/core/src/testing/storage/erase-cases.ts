import { assertEqual, assertRejects } from "./assertions.ts";
import { bytesOf, contents, fill, record, type StorageCase, snapshotAt } from "./fixture.ts";

export const eraseCases: readonly StorageCase[] = [
  {
    title: "leaves tombstones without text in the place of erased records, in a new epoch, without snapshots",
    async run({ storage }) {
      const log = await storage.open("p/session/s");
      await log.append([record("a", "secret"), record("b", "kept")]);
      await log.append([record("a", "secret again")]);
      await snapshotAt(log, 2);
      assertEqual(await log.erase(["a", "unknown"]), { epoch: 2, erased: 2 }, "erase");
      assertEqual(await contents(log), ["1:a=erased,b=kept", "2:a=erased"], "batches");
      assertEqual((await log.read({ after: 1 }))[0]?.records[0]?.data.length, 0, "bytes of a tombstone");
      assertEqual(await log.head(), { version: 2, base: 0, epoch: 2 }, "head");
      assertEqual(await log.readSnapshot(), undefined, "snapshot");
      assertEqual(await log.erase(["a"]), { epoch: 3, erased: 0 }, "erasing what is erased already");
      assertEqual((await log.append([record("a", "new")])).version, 3, "a later record of the id");
      assertEqual(await contents(log, 2), ["3:a=new"], "which stays");
    },
  },
  {
    title: "tells readers and writers of an older epoch",
    async run({ storage }) {
      const log = await storage.open("p/session/s");
      await fill(log, 2);
      await log.erase(["1"]);
      await assertRejects(log.read({ after: 2, epoch: 1 }), "storage.compacted", "read");
      await assertRejects(
        log.writeSnapshot({ version: 2, epoch: 1, data: bytesOf("old") }),
        "storage.compacted",
        "writeSnapshot",
      );
      assertEqual(await log.readSnapshot(), undefined, "snapshot");
      assertEqual((await log.read({ after: 0, epoch: 2 })).length, 2, "batches in the new epoch");
    },
  },
  {
    title: "replaces all snapshots by the one that comes with an erase",
    async run({ storage }) {
      const log = await storage.open("p/session/s");
      await fill(log, 3);
      await snapshotAt(log, 2);
      await snapshotAt(log, 3);
      const snapshot = { version: 3, data: bytesOf("fold without 1") };
      assertEqual(await log.erase(["1"], { epoch: 1, snapshot }), { epoch: 2, erased: 1 }, "erase");
      assertEqual(await log.readSnapshot(), { ...snapshot, epoch: 2 }, "snapshot");
    },
  },
  {
    title: "needs a snapshot to erase from a compacted log",
    async run({ storage }) {
      const log = await storage.open("p/session/s");
      await fill(log, 3);
      await snapshotAt(log, 1);
      await snapshotAt(log, 2);
      await log.truncate({ before: 1 });
      const error = await assertRejects(log.erase(["1"]), "storage.snapshot_required", "erase");
      assertEqual(error.details, { key: "p/session/s", base: 1 }, "details of the error");
      assertEqual(await log.head(), { version: 3, base: 1, epoch: 1 }, "head after the refusal");
      const snapshot = { version: 2, data: bytesOf("fold without 1") };
      assertEqual(
        await log.erase(["1", "3"], { epoch: 1, snapshot }),
        { epoch: 2, erased: 1 },
        "erase with a snapshot",
      );
      assertEqual(await contents(log, 2), ["3:3=erased"], "what follows the snapshot");
      assertEqual(await log.truncate({ before: 3 }), 1, "base: one snapshot bounds nothing");
    },
  },
  {
    title: "does not let an erase of an older epoch bring back what another erased",
    async run({ storage }) {
      const log = await storage.open("p/session/s");
      await fill(log, 2);
      await log.erase(["1"]);
      const stale = { epoch: 1, snapshot: { version: 2, data: bytesOf("fold with 1") } };
      await assertRejects(log.erase(["2"], stale), "storage.compacted", "erase");
      assertEqual(await log.readSnapshot(), undefined, "snapshot");
      assertEqual(await contents(log), ["1:1=erased", "2:2=text of 2"], "batches");
    },
  },
  {
    title: "has nothing to erase in an empty log",
    async run({ storage }) {
      const log = await storage.open("p/session/s");
      assertEqual(await log.erase(["a"]), { epoch: 1, erased: 0 }, "erase");
      assertEqual(await storage.list(""), [], "keys");
    },
  },
];
