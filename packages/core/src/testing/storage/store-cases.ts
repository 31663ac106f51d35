import { encodePart, indexKey, indexKeyPrefix, parseKey } from "../../storage/index.ts";
import { assertEqual, assertRejects } from "./assertions.ts";
import { contents, fill, record, type StorageCase, snapshotAt } from "./fixture.ts";

export const storeCases: readonly StorageCase[] = [
  {
    title: "lists the keys that hold something, by prefix, in the order of their UTF-16 code units",
    async run({ storage }) {
      const keys = [
        "p/index/b",
        "p/index/a",
        "p/index/B",
        "p/session/1",
        "q/index/a",
        "p/index/\u{1f600}",
        "p/index/\uff5e",
      ];
      for (const key of keys) await (await storage.open(key)).append([record("x")]);
      await storage.open("p/index/empty");
      assertEqual(
        await storage.list("p/index/"),
        ["p/index/B", "p/index/a", "p/index/b", "p/index/\u{1f600}", "p/index/\uff5e"],
        "keys",
      );
      assertEqual(await storage.list("p/session/1"), ["p/session/1"], "a whole key");
      assertEqual((await storage.list("")).length, keys.length, "number of all keys");
      assertEqual(await storage.list("nothing"), [], "keys with an unknown prefix");
    },
  },
  {
    title: "takes prefixes and percent-encoded keys literally",
    async run({ storage }) {
      const names = ["100%", "a/b", "a*b", "a?b", "[x]", "a_b", "größe", "..", "~"];
      for (const name of names) await (await storage.open(indexKey("p", name))).append([record("x")]);
      for (const name of ["*", "?", "[ab]", "%", "_"]) await (await storage.open(`raw/${name}z`)).append([record("x")]);
      const found = (await storage.list(indexKeyPrefix("p"))).map(parseKey);
      assertEqual(found.map((key) => key?.kind === "index" && key.index).sort(), [...names].sort(), "names");
      for (const name of ["*", "?", "[ab]", "%", "_"]) {
        assertEqual(await storage.list(`raw/${name}`), [`raw/${name}z`], `keys that begin with raw/${name}`);
      }
      assertEqual(
        await storage.list(`p/index/${encodePart("a")}`),
        ["p/index/a%2Fb", "p/index/a*b", "p/index/a%3Fb", "p/index/a_b"].sort(),
        "keys of names that begin with a",
      );
    },
  },
  {
    title: "deletes a log for good; it begins anew in a later epoch",
    async run({ storage }) {
      const log = await storage.open("p/index/a");
      const other = await storage.open("p/index/b");
      await log.append([record("x")], { idempotencyKey: "k" });
      await fill(other, 1);
      await snapshotAt(log, 1);
      assertEqual(await storage.delete("p/index/a"), true, "delete");
      assertEqual(await storage.delete("p/index/a"), false, "a second delete");
      assertEqual(await storage.list(""), ["p/index/b"], "keys");
      assertEqual(await log.head(), { version: 0, base: 0, epoch: 2 }, "head");
      assertEqual(await log.readSnapshot(), undefined, "snapshot");
      await assertRejects(log.read({ after: 1, epoch: 1 }), "storage.compacted", "read of a holder from before");
      const again = await log.append([record("y", "new")], { idempotencyKey: "k" });
      assertEqual(again, { version: 1, duplicate: false }, "an append with an idempotency key from before");
      assertEqual(await contents(log), ["1:y=new"], "batches");
      assertEqual((await (await storage.open("p/index/a")).head()).epoch, 2, "epoch");
      assertEqual(await contents(other), ["1:1=text of 1"], "the other log");
      await storage.delete("p/index/a");
      assertEqual((await log.head()).epoch, 3, "epoch after a second delete");
    },
  },
  {
    title: "wakes the watchers of a log, in other handles, after each kind of change",
    async run({ storage }) {
      const log = await storage.open("p/index/a");
      const watcher = await storage.open("p/index/a");
      const wakes = wakeUps();
      const stop = watcher.watch(wakes.listener);
      await fill(log, 3);
      await wakes.next();
      await log.erase(["1"]);
      await wakes.next();
      await storage.delete("p/index/a");
      await wakes.next();
      stop();
      stop();
    },
  },
  {
    title: "does not wake a watcher that has stopped",
    async run({ storage }) {
      const log = await storage.open("p/index/a");
      const watcher = await storage.open("p/index/a");
      const stopped = wakeUps();
      const wakes = wakeUps();
      watcher.watch(stopped.listener)();
      watcher.watch(wakes.listener);
      await fill(log, 1);
      await wakes.next();
      assertEqual(stopped.count(), 0, "times that the stopped one was woken");
    },
  },
  {
    title: "refuses arguments that are not valid",
    async run({ storage }) {
      const log = await storage.open("p/index/a");
      await assertRejects(storage.open(""), "argument.invalid", "open of an empty key");
      await assertRejects(log.read({ after: -1 }), "argument.invalid", "read after -1");
      await assertRejects(log.read({ after: 0, limit: 0 }), "argument.invalid", "read with limit 0");
      await assertRejects(
        log.append([record("x")], { expectedVersion: 0.5 }),
        "argument.invalid",
        "append at version 0.5",
      );
      await assertRejects(log.append([record("half \ud800")]), "argument.invalid", "append of half a surrogate pair");
      await assertRejects(log.truncate({ before: Number.NaN }), "argument.invalid", "truncate before NaN");
      assertEqual((await log.head()).version, 0, "version");
    },
  },
  {
    title: "refuses every call once it is closed; closing twice is once",
    async run({ storage }) {
      const log = await storage.open("p/index/a");
      await fill(log, 1);
      await Promise.all([storage.close(), storage.close()]);
      await storage.close();
      const calls: Record<string, () => Promise<unknown>> = {
        open: () => storage.open("p/index/a"),
        list: () => storage.list(""),
        delete: () => storage.delete("p/index/a"),
        head: () => log.head(),
        append: () => log.append([record("x")]),
        read: () => log.read({ after: 0 }),
        readSnapshot: () => log.readSnapshot(),
        writeSnapshot: () => snapshotAt(log, 1),
        erase: () => log.erase(["1"]),
        truncate: () => log.truncate({ before: 1 }),
        flush: () => log.flush(),
      };
      for (const [name, call] of Object.entries(calls)) await assertRejects(call(), "storage.closed", name);
    },
  },
];

/** A listener, and a promise of its next call that no earlier `next` has answered for. */
export function wakeUps() {
  let calls = 0;
  let wake = () => {};
  return {
    listener: () => {
      calls += 1;
      wake();
    },
    count: () => calls,
    async next(): Promise<void> {
      if (calls === 0) await new Promise<void>((resolve) => (wake = resolve));
      calls = 0;
    },
  };
}
