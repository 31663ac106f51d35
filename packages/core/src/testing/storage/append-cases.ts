import { hasCode } from "../../errors/index.ts";
import { assertEqual, assertRejects } from "./assertions.ts";
import { contents, fill, record, type StorageCase, snapshotAt } from "./fixture.ts";

export const appendCases: readonly StorageCase[] = [
  {
    title: "begins empty, at version 0 in epoch 1",
    async run({ storage }) {
      const log = await storage.open("p/index/a");
      assertEqual(log.key, "p/index/a", "key");
      assertEqual(await log.head(), { version: 0, base: 0, epoch: 1 }, "head");
      assertEqual(await log.read({ after: 0 }), [], "read");
      assertEqual(await log.readSnapshot(), undefined, "readSnapshot");
      assertEqual(await log.truncate({ before: 5 }), 0, "truncate");
    },
  },
  {
    title: "gives batches back in the order and with the versions in which they were committed",
    async run({ storage }) {
      const log = await storage.open("p/index/a");
      assertEqual(await log.append([record("a"), record("b")]), { version: 1, duplicate: false }, "first append");
      assertEqual(await log.append([record("a", "again")]), { version: 2, duplicate: false }, "second append");
      assertEqual(await contents(log), ["1:a=text of a,b=text of b", "2:a=again"], "all batches");
      assertEqual(await contents(log, 1), ["2:a=again"], "batches after 1");
      assertEqual(await contents(log, 2), [], "batches after the head");
      assertEqual(await contents(log, 7), [], "batches after a version that is not there yet");
    },
  },
  {
    title: "answers at most `limit` batches, whole",
    async run({ storage }) {
      const log = await storage.open("p/index/a");
      for (let i = 0; i < 5; i++) await log.append([record("x", "1"), record("y", "2")]);
      const batches = await log.read({ after: 1, limit: 2 });
      assertEqual(
        batches.map(({ version, records }) => [version, records.length]),
        [
          [2, 2],
          [3, 2],
        ],
        "batches",
      );
    },
  },
  {
    title: "commits an empty batch as a version",
    async run({ storage }) {
      const log = await storage.open("p/index/a");
      assertEqual((await log.append([])).version, 1, "version");
      assertEqual(await log.read({ after: 0 }), [{ version: 1, records: [] }], "read");
    },
  },
  {
    title: "refuses an append at another version than expected, and writes nothing of it",
    async run({ storage }) {
      const log = await storage.open("p/index/a");
      await fill(log, 2);
      const error = await assertRejects(
        log.append([record("x")], { expectedVersion: 1 }),
        "storage.version_conflict",
        "append",
      );
      assertEqual(error.details, { key: "p/index/a", expectedVersion: 1, version: 2 }, "details of the error");
      assertEqual(
        (await log.append([record("y")], { expectedVersion: 2 })).version,
        3,
        "an append at the version expected",
      );
      assertEqual((await contents(log, 2)).length, 1, "batches after 2");
    },
  },
  {
    title: "lets one of many appends with the same expected version through, and none of its neighbours fail",
    async run({ storage }) {
      const log = await storage.open("p/index/a");
      const racing = Array.from({ length: 8 }, (_, i) => log.append([record(`r${i}`)], { expectedVersion: 0 }));
      const free = log.append([record("free")]);
      const outcomes = await Promise.allSettled(racing);
      assertEqual(outcomes.filter(({ status }) => status === "fulfilled").length, 1, "appends that got through");
      await free;
      assertEqual((await log.head()).version, 2, "version");
    },
  },
  {
    title: "writes an append with a known idempotency key once, and answers the first one's version",
    async run({ storage }) {
      const log = await storage.open("p/index/a");
      const other = await storage.open("p/index/b");
      await log.append([record("a")], { idempotencyKey: "turn-1" });
      await log.append([record("b")]);
      const again = await log.append([record("a")], { idempotencyKey: "turn-1", expectedVersion: 0 });
      assertEqual(again, { version: 1, duplicate: true }, "the second append");
      assertEqual((await log.head()).version, 2, "version");
      assertEqual((await other.append([record("a")], { idempotencyKey: "turn-1" })).duplicate, false, "in another log");
    },
  },
  {
    title: "knows its idempotency keys after a snapshot and a compaction",
    async run({ storage }) {
      const log = await storage.open("p/index/a");
      await log.append([record("a")], { idempotencyKey: "turn-1" });
      await fill(log, 2);
      await snapshotAt(log, 2);
      await snapshotAt(log, 3);
      assertEqual(await log.truncate({ before: 2 }), 2, "base");
      const again = await log.append([record("a")], { idempotencyKey: "turn-1" });
      assertEqual(again, { version: 1, duplicate: true }, "the second append");
    },
  },
  {
    title: "keeps queued appends and commits in the order of their calls",
    async run({ storage }) {
      const log = await storage.open("p/index/a");
      await log.append([record("q1", "")], { durability: "queued" });
      await log.append([record("q2", "")], { durability: "queued" });
      assertEqual((await log.append([record("c", "")])).version, 3, "version of the commit");
      assertEqual(await contents(log), ["1:q1=", "2:q2=", "3:c="], "batches");
    },
  },
  {
    title: "has everything queued once flush resolves",
    async run({ storage }) {
      const log = await storage.open("p/index/a");
      for (let i = 0; i < 100; i++) await log.append([record(String(i))], { durability: "queued" });
      await log.flush();
      assertEqual((await log.head()).version, 100, "version");
    },
  },
  {
    title: "says, once, that a queued append failed: in flush at the latest",
    async run({ storage }) {
      const log = await storage.open("p/index/a");
      const failures: unknown[] = [];
      const append = () => log.append([record("x")], { durability: "queued", expectedVersion: 9 });
      for (const call of [append, () => log.flush(), () => log.flush()])
        await call().catch((error) => failures.push(error));
      assertEqual(
        failures.map((error) => hasCode(error, "storage.version_conflict")),
        [true],
        "failures",
      );
      assertEqual((await log.head()).version, 0, "version");
    },
  },
  {
    title: "gives the versions 1 to n, each once, to appends of several handles at once",
    async run({ storage }) {
      const handles = await Promise.all([1, 2, 3, 4].map(() => storage.open("p/index/a")));
      const appends = handles.flatMap((log, h) =>
        Array.from({ length: 25 }, (_, i) => log.append([record(`${h}-${i}`)])),
      );
      const versions = (await Promise.all(appends)).map(({ version }) => version ?? 0);
      const expected = Array.from({ length: 100 }, (_, i) => i + 1);
      assertEqual(
        versions.sort((a, b) => a - b),
        expected,
        "versions",
      );
      const batches = await (handles[0] ?? (await storage.open("p/index/a"))).read({ after: 0 });
      assertEqual(
        batches.map(({ version }) => version),
        expected,
        "batches",
      );
      assertEqual(new Set(batches.flatMap(({ records }) => records.map(({ id }) => id))).size, 100, "different ids");
    },
  },
  {
    title: "keeps logs apart",
    async run({ storage }) {
      const a = await storage.open("p/index/a");
      const b = await storage.open("p/index/b");
      await a.append([record("x")]);
      assertEqual((await b.head()).version, 0, "version of the other log");
    },
  },
  {
    title: "refuses an append in another epoch than told, and writes nothing of it",
    async run({ storage }) {
      const log = await storage.open("p/index/a");
      assertEqual((await log.append([record("a")], { epoch: 1 })).version, 1, "an append in the first epoch");
      await log.erase(["a"]);
      await assertRejects(log.append([record("b")], { epoch: 1 }), "storage.compacted", "append after an erase");
      await assertRejects(
        log.append([record("b")], { epoch: 1, durability: "queued" }).then(() => log.flush()),
        "storage.compacted",
        "queued append after an erase",
      );
      assertEqual((await log.append([record("b")], { epoch: 2 })).version, 2, "an append in the epoch after");
      await storage.delete("p/index/a");
      const { epoch } = await log.head();
      await assertRejects(log.append([record("c")], { epoch: 2 }), "storage.compacted", "append after a delete");
      assertEqual(await storage.list(""), [], "logs");
      assertEqual((await log.append([record("c")], { epoch })).version, 1, "an append to the log that begins anew");
    },
  },
  {
    title: "appends only while other logs are as told, and writes nothing otherwise",
    async run({ storage }) {
      const log = await storage.open("p/index/a");
      const other = await storage.open("p/mark");
      const untouched = { key: "p/mark", epoch: 1, version: 0 };
      assertEqual((await log.append([record("a")], { onlyIf: [untouched] })).version, 1, "while it is empty");
      await other.append([record("m")]);
      await assertRejects(
        log.append([record("b")], { onlyIf: [untouched] }),
        "storage.condition_failed",
        "once it is not",
      );
      const epochAlone = { key: "p/mark", epoch: 1 };
      assertEqual((await log.append([record("b")], { onlyIf: [epochAlone] })).version, 2, "by its epoch alone");
      await storage.delete("p/mark");
      await assertRejects(
        log.append([record("c")], { onlyIf: [untouched] }),
        "storage.condition_failed",
        "once it was deleted: it is empty, in a later epoch",
      );
      const { epoch } = await other.head();
      const both = [epochAlone, { key: "p/mark", epoch, version: 0 }];
      await assertRejects(
        log.append([record("c")], { onlyIf: both }),
        "storage.condition_failed",
        "when one does not hold",
      );
      assertEqual(
        (await log.append([record("c")], { onlyIf: [{ key: "p/mark", epoch, version: 0 }] })).version,
        3,
        "in the epoch that it is in now",
      );
      assertEqual(await contents(log), ["1:a=text of a", "2:b=text of b", "3:c=text of c"], "batches");
    },
  },
  {
    title: "lets no append through that a change of another log came before",
    async run({ storage }) {
      const log = await storage.open("p/index/a");
      const mark = await storage.open("p/mark");
      const onlyIf = [{ key: "p/mark", epoch: 1, version: 0 }];
      const racing = Array.from({ length: 20 }, async (_, i) => {
        if (i === 10) await mark.append([record("m")]);
        return log.append([record(`r${i}`)], { onlyIf });
      });
      await Promise.allSettled(racing);
      const { version } = await log.head();
      await Promise.allSettled(Array.from({ length: 5 }, (_, i) => log.append([record(`late${i}`)], { onlyIf })));
      assertEqual((await log.head()).version, version, "version after appends that came later");
    },
  },
];
