import { systemClock } from "../../clock.ts";
import { memoryStorage } from "../../storage/memory/memory-storage.ts";
import type { Log } from "../../storage/storage.ts";
import { RecordLog } from "./record-log.ts";

const logger = { warn() {}, error() {} };
const open = (log: Log) => RecordLog.open<{ n: number }>({ log, clock: systemClock, logger });

describe("a log of records", () => {
  it("is the same for every holder, in the order of the log, also after an erase", async () => {
    const storage = memoryStorage();
    const [a, b] = [await open(await storage.open("p/log")), await open(await storage.open("p/log"))];
    for (let n = 0; n < 4; n++) await (n % 2 === 0 ? a : b).append([{ id: `r${n}`, value: { n } }]);
    await Promise.all([a.refresh(), b.refresh()]);
    expect(a.records.map(({ value }) => value.n)).toEqual([0, 1, 2, 3]);
    expect(b.records.map(({ version, at, value }) => [version, typeof at, value])).toEqual(
      a.records.map(({ version, at, value }) => [version, typeof at, value]),
    );
    expect(await a.erase(["r1", "r2", "never"])).toBe(2);
    expect(await b.append([{ id: "r4", value: { n: 4 } }])).toEqual({ duplicate: false });
    expect(b.records.map(({ id, version }) => [id, version])).toEqual([
      ["r0", 1],
      ["r3", 4],
      ["r4", 5],
    ]);
  });

  it.each([
    ["a record that is not JSON", new Uint8Array([1, 123, 123])],
    ["a record that is cut short", new Uint8Array([1])],
  ])("says that it is damaged by %s", async (_name, data) => {
    const log = await memoryStorage().open("p/log");
    await log.append([{ id: "r", data }]);
    await expect(open(log)).rejects.toMatchObject({
      code: "storage.corrupt",
      message: expect.stringMatching(/p\/log/),
    });
  });

  it("says that a newer version wrote it", async () => {
    const log = await memoryStorage().open("p/log");
    await log.append([{ id: "r", data: new Uint8Array([9, 123, 125]) }]);
    await expect(open(log)).rejects.toMatchObject({ code: "storage.newer_format" });
  });

  it("waits for its snapshot when it is closed, and leaves a short log", async () => {
    const storage = memoryStorage();
    const log = await storage.open("p/log");
    const records = await open(log);
    for (let n = 0; n < 520; n++) await records.append([{ id: `r${n}`, value: { n } }]);
    await records.close();
    expect((await log.readSnapshot())?.version).toBeGreaterThanOrEqual(500);
    expect((await open(log)).records).toHaveLength(520);
  });

  it("refuses calls once it is closed", async () => {
    const records = await open(await memoryStorage().open("p/log"));
    await records.close();
    await expect(records.append([{ id: "r", value: { n: 1 } }])).rejects.toMatchObject({ code: "sotto.closed" });
  });
});
