import { assertEqual, assertTrue } from "./assertions.ts";
import { bytesOf, type StorageCase } from "./fixture.ts";

export const dataCases: readonly StorageCase[] = [
  {
    title: "keeps every byte of data and every character of an id",
    async run({ storage }) {
      const log = await storage.open("p/index/a");
      const every = Uint8Array.from({ length: 256 }, (_, i) => i);
      const ids = ["", " ", "a\nb", "größe", "日本語", "😀", "\ufeffbom", "'; DROP TABLE logs; --"];
      await log.append([...ids.map((id) => ({ id, data: every })), { id: "none", data: new Uint8Array(0) }]);
      const [batch] = await log.read({ after: 0 });
      assertEqual(
        batch?.records.map(({ id }) => id),
        [...ids, "none"],
        "ids",
      );
      assertTrue(
        batch?.records.slice(0, -1).every(({ data }) => data.join() === every.join()) === true,
        "all bytes are there",
      );
      assertEqual(batch?.records.at(-1)?.data.length, 0, "length of empty data");
    },
  },
  {
    title: "keeps a record and a snapshot of 10 MB",
    async run({ storage }) {
      const log = await storage.open("p/index/a");
      const data = new Uint8Array(10_000_000);
      for (let i = 0; i < data.length; i++) data[i] = (i * 31 + (i >> 8)) & 255;
      await log.append([{ id: "large", data }]);
      await log.writeSnapshot({ version: 1, epoch: 1, data });
      const [batch] = await log.read({ after: 0 });
      assertEqual(batch?.records[0]?.data, data, "the record");
      assertEqual((await log.readSnapshot())?.data, data, "the snapshot");
    },
  },
  {
    title: "keeps a snapshot that is given away, also one that is a part of its buffer",
    async run({ storage }) {
      const log = await storage.open("p/index/a");
      await log.append([]);
      for (const [start, end] of [
        [0, 8],
        [2, 6],
      ]) {
        const data = bytesOf("snapshot").subarray(start, end);
        await log.writeSnapshot({ version: 1, epoch: 1, data, givenAway: true });
        const expected = bytesOf("snapshot").subarray(start, end);
        for (let i = 0; i < 2; i++) {
          const found = (await log.readSnapshot())?.data;
          assertEqual(found, expected, `read ${i + 1}`);
          found?.fill(0);
        }
      }
    },
  },
  {
    title: "keeps nothing of the caller's buffers, and gives out none of its own",
    async run({ storage }) {
      const log = await storage.open("p/index/a");
      const whole = bytesOf("--before--");
      const data = whole.subarray(2, 8);
      const appending = log.append([{ id: "a", data }]);
      whole.fill(0);
      await appending;
      const snapshot = bytesOf("snapshot");
      const writing = log.writeSnapshot({ version: 1, epoch: 1, data: snapshot });
      snapshot.fill(0);
      await writing;
      assertEqual([data.length, snapshot.length], [6, 8], "the caller's buffers are still there");
      for (let i = 0; i < 2; i++) {
        const found = (await log.read({ after: 0 }))[0]?.records[0]?.data;
        const folded = (await log.readSnapshot())?.data;
        assertEqual([found, folded], [bytesOf("before"), bytesOf("snapshot")], `read ${i + 1}`);
        found?.fill(0);
        folded?.fill(0);
      }
    },
  },
];
