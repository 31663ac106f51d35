import { jest } from "@jest/globals";
import { systemClock } from "../../clock.ts";
import { nextTurn, takeAll } from "../../steps.ts";
import { memoryStorage } from "../../storage/memory/memory-storage.ts";
import type { Storage } from "../../storage/storage.ts";
import { createArena } from "../kernel/arena.ts";
import { SearchIndex } from "../search/search-index.ts";
import { unpackSections } from "../search/snapshot-format.ts";
import { quantizeVector } from "../vectors/quantize-vector.ts";
import type { IndexChange } from "./record-codec.ts";
import { StoredIndex } from "./stored-index.ts";

const DIMENSIONS = 16;
const settings = { embedderId: "test", dimensions: DIMENSIONS, metadata: {}, createdAt: 1 };
const logger = { warn: jest.fn(), error: jest.fn() };
const COUNT = 1_000;

async function open(storage: Storage): Promise<StoredIndex> {
  const log = await storage.open("default/index/test");
  return StoredIndex.open({ log, arena: () => createArena(), settings, logger, clock: systemClock });
}

function put(id: string, text: string): IndexChange {
  const vector = quantizeVector(Float32Array.from({ length: DIMENSIONS }, (_, i) => Math.sin(i + text.length)));
  return { type: "put", document: { id, text }, vector };
}

function many(prefix: string): IndexChange[] {
  return Array.from({ length: COUNT }, (_, i) => put(`${prefix}${i}`, `${prefix} number ${i}`));
}

function size(stored: StoredIndex): number {
  return stored.index.documents.size;
}

/** Lets turns of the event loop pass until the condition holds; fails when `promise` is done before. */
async function until(condition: () => boolean, promise: Promise<unknown>): Promise<void> {
  let done = false;
  promise.finally(() => (done = true)).catch(() => undefined);
  while (!condition()) {
    if (done) throw new Error("it was done before that");
    await nextTurn();
  }
}

/** A large batch of which a part, and not yet all, is folded in. */
async function halfFolded(stored: StoredIndex, prefix = "a"): Promise<{ appended: Promise<unknown> }> {
  const before = size(stored);
  const appended = stored.append(many(prefix));
  await until(() => size(stored) > before, appended);
  expect(size(stored)).toBeLessThan(before + COUNT);
  return { appended };
}

describe("a large batch", () => {
  it("lets the event loop run on while it is written and while it is read", async () => {
    const storage = memoryStorage();
    const [writer, reader] = [await open(storage), await open(storage)];
    const { appended } = await halfFolded(writer);
    await appended;
    expect(size(writer)).toBe(COUNT);
    if (size(reader) === 0) await until(() => size(reader) > 0, reader.refresh());
    expect(size(reader)).toBeLessThan(COUNT);
    await reader.refresh();
    expect(size(reader)).toBe(COUNT);
    expect(reader.version).toBe(writer.version);
  });

  it("is whole before the batches that come meanwhile, which are folded after it", async () => {
    const storage = memoryStorage();
    const stored = await open(storage);
    const { appended } = await halfFolded(stored);
    const [, updated, deleted] = await Promise.all([
      appended,
      stored.append([put(`a${COUNT - 1}`, "said again")]),
      stored.append([{ type: "delete", id: "a0" }]),
    ]);
    expect(updated).toMatchObject({ added: 0, updated: 1 });
    expect(deleted).toMatchObject({ deleted: 1 });
    const { documents } = stored.index;
    expect(documents.text(documents.slotOf(`a${COUNT - 1}`) as number)).toBe("said again");
    const other = await open(storage);
    expect([...other.index.documents.ids()].sort()).toEqual([...documents.ids()].sort());
  });

  it("that starts anew leaves what was there to be found until it is whole", async () => {
    const stored = await open(memoryStorage());
    await stored.append([put("old", "the old one")]);
    const sizes = new Set<number>();
    const renewed = { ...settings, metadata: { edition: 2 } };
    const appended = stored.append([{ type: "settings", settings: renewed, reset: true }, ...many("b")]);
    let done = false;
    appended.finally(() => (done = true)).catch(() => undefined);
    while (!done) {
      sizes.add(size(stored));
      expect(stored.settings?.metadata).toEqual(size(stored) === 1 ? {} : { edition: 2 });
      await nextTurn();
    }
    expect([...sizes].filter((each) => each !== COUNT)).toEqual([1]);
    expect(size(stored)).toBe(COUNT);
  });

  it("is whole in a snapshot and an erase that come meanwhile, and before the index is closed", async () => {
    const storage = memoryStorage();
    const stored = await open(storage);
    const first = await halfFolded(stored, "a");
    await Promise.all([first.appended, stored.writeSnapshot()]);
    const second = await halfFolded(stored, "b");
    await Promise.all([second.appended, stored.erase(["a7", "b999"])]);
    const third = await halfFolded(stored, "c");
    await Promise.all([third.appended, stored.close()]);
    const again = await open(storage);
    expect(size(again)).toBe(3 * COUNT - 2);
    expect(again.index.documents.slotOf("a7")).toBeUndefined();
    expect(again.index.documents.slotOf("b999")).toBeUndefined();
  });

  it("that fails in the middle leaves an index that catches up by the log", async () => {
    const storage = memoryStorage();
    const stored = await open(storage);
    await stored.append([put("old", "the old one")]);
    const { index } = stored;
    const failing = jest.spyOn(index, "put");
    failing.mockImplementation((...args) => {
      if (args[0].id === "a500") throw new RangeError("no room");
      return Object.getPrototypeOf(index).put.apply(index, args);
    });
    await expect(stored.append(many("a"))).rejects.toThrow("no room");
    expect(size(stored)).toBeLessThan(COUNT);
    failing.mockRestore();
    await stored.refresh();
    expect(size(stored)).toBe(COUNT + 1);
    await stored.append([put("new", "the new one")]);
    expect(size(stored)).toBe(COUNT + 2);
  });
});

describe("a large snapshot", () => {
  const LARGE = 12_000;

  async function saved(): Promise<{ storage: Storage; writer: StoredIndex }> {
    const storage = memoryStorage();
    const writer = await open(storage);
    await writer.append(Array.from({ length: LARGE }, (_, i) => put(`a${i}`, `document ${i}`)));
    await writer.writeSnapshot();
    return { storage, writer };
  }

  /** Opens it while `meanwhile` is done between two steps of loading. */
  async function loadedWhile(storage: Storage, meanwhile: () => Promise<unknown>): Promise<StoredIndex> {
    let opened = false;
    const opening = open(storage).finally(() => {
      opened = true;
    });
    await nextTurn();
    expect(opened).toBe(false);
    await meanwhile();
    return opening;
  }

  it("is written and loaded in turns of the event loop", async () => {
    const { storage, writer } = await saved();
    for (const work of [() => writer.writeSnapshot(), () => open(storage)]) {
      let turns = 0;
      const worked = work();
      await until(() => ++turns > 3, worked);
      await worked;
    }
  });

  it("leaves the index as it was for searches until it is compacted", async () => {
    const { storage, writer } = await saved();
    await writer.append(Array.from({ length: 3_000 }, (_, i) => put(`a${i * 3}`, `said again ${i}`)));
    const seen = () => {
      const { index } = writer;
      const text = (id: string) => index.documents.text(index.documents.slotOf(id) as number);
      return [size(writer), text("a6"), text("a7"), index.vectorOf("a7"), index.words.documentFrequency("again")];
    };
    const before = seen();
    expect(before).toEqual([LARGE, "said again 2", "document 7", expect.anything(), 3_000]);
    const gapless = new Set<boolean>();
    let done = false;
    const saving = writer.writeSnapshot().finally(() => {
      done = true;
    });
    while (!done) {
      expect(seen()).toEqual(before);
      gapless.add(writer.index.gapless);
      await nextTurn();
    }
    await saving;
    expect([...gapless]).toEqual([false, true]);
    expect(seen()).toEqual(before);
    const reader = await open(storage);
    expect([...reader.index.documents.ids()]).toEqual([...writer.index.documents.ids()]);
  });

  it("loses nothing when the index is packed for something else meanwhile", async () => {
    const { writer } = await saved();
    await writer.append(Array.from({ length: 3_000 }, (_, i) => put(`a${i * 3}`, `said again ${i}`)));
    const vector = writer.index.vectorOf("a7");
    const saving = writer.writeSnapshot();
    await nextTurn();
    expect(writer.index.gapless).toBe(false);
    const packed = await writer.pack(new TextEncoder().encode("for a file"));
    await saving;
    expect(writer.index.vectorOf("a7")).toEqual(vector);
    const { state, ...sections } = unpackSections(packed, "a test");
    expect(new TextDecoder().decode(state?.[0])).toBe("for a file");
    const copy = takeAll(SearchIndex.fromSections({ arena: createArena(), dimensions: DIMENSIONS }, sections));
    expect([...copy.documents.ids()]).toEqual([...writer.index.documents.ids()]);
    expect(copy.vectorOf("a7")).toEqual(vector);
  });

  it("is as new as what is written while it is loaded, and hears of what comes after", async () => {
    const { storage, writer } = await saved();
    const reader = await loadedWhile(storage, () => writer.append([put("b", "while it is loaded")]));
    expect(size(reader)).toBe(LARGE + 1);
    await writer.append([put("c", "later")]);
    for (let turn = 0; turn < 1_000 && size(reader) < LARGE + 2; turn++) await nextTurn();
    expect(size(reader)).toBe(LARGE + 2);
    expect(reader.version).toBe(writer.version);
  });

  it("does not bring back what is erased while it is loaded", async () => {
    const { storage, writer } = await saved();
    const reader = await loadedWhile(storage, () => writer.erase(["a7"]));
    expect(size(reader)).toBe(LARGE - 1);
    expect(reader.index.documents.slotOf("a7")).toBeUndefined();
  });
});
