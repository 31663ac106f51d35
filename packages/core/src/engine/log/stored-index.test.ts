import { jest } from "@jest/globals";
import { systemClock } from "../../clock.ts";
import { takeAll } from "../../steps.ts";
import { memoryStorage } from "../../storage/memory/memory-storage.ts";
import type { Storage } from "../../storage/storage.ts";
import { createArena } from "../kernel/arena.ts";
import { packSections } from "../search/snapshot-format.ts";
import { quantizeVector } from "../vectors/quantize-vector.ts";
import type { IndexChange } from "./record-codec.ts";
import { type EventFold, StoredIndex } from "./stored-index.ts";

const KEY = "default/index/test";
const DIMENSIONS = 16;
const settings = { embedderId: "test", dimensions: DIMENSIONS, metadata: {}, createdAt: 1 };
const logger = { warn: jest.fn(), error: jest.fn() };

async function open(storage: Storage, options: { autoRefresh?: boolean; fold?: EventFold } = {}): Promise<StoredIndex> {
  const log = await storage.open(KEY);
  return StoredIndex.open({ log, arena: () => createArena(), settings, logger, clock: systemClock, ...options });
}

function put(id: string, text: string): IndexChange {
  const vector = quantizeVector(Float32Array.from({ length: DIMENSIONS }, (_, i) => Math.sin(i + text.length)));
  return { type: "put", document: { id, text, metadata: { length: text.length } }, vector };
}

function texts(stored: StoredIndex): Record<string, string> {
  const { documents } = stored.index;
  return Object.fromEntries([...documents.ids()].map((id) => [id, documents.text(documents.slotOf(id) as number)]));
}

describe("StoredIndex", () => {
  it("is found again by another holder, with vectors and metadata as they were", async () => {
    const storage = memoryStorage();
    const first = await open(storage);
    await first.append([put("a", "the router blinks red"), put("b", "the invoice is late")]);
    await first.append([{ type: "delete", id: "b" }]);
    const second = await open(storage);
    expect(texts(second)).toEqual({ a: "the router blinks red" });
    expect(second.index.vectorOf("a")).toEqual(first.index.vectorOf("a"));
    expect(second.index.documents.document(0).metadata).toEqual({ length: 21 });
    expect(second.settings).toEqual(settings);
    expect(second.version).toBe(first.version);
  });

  it("is found again with its documents' token states, from the log and from a snapshot", async () => {
    const storage = memoryStorage();
    const first = await open(storage);
    const tokens = { dimensions: 128, codes: Uint8Array.from({ length: 48 }, (_, i) => i * 5) };
    const withTokens = (id: string): IndexChange => {
      const change = put(id, "the router blinks red") as Extract<IndexChange, { type: "put" }>;
      return { ...change, vector: { ...(change.vector as NonNullable<typeof change.vector>), tokens } };
    };
    await first.append([withTokens("a"), put("b", "without")]);
    expect((await open(storage)).index.vectorOf("a")).toEqual(first.index.vectorOf("a"));
    expect(first.index.vectorOf("a")?.tokens).toEqual(tokens);
    await first.writeSnapshot();
    const again = await open(storage);
    expect(again.index.vectorOf("a")?.tokens).toEqual(tokens);
    expect(again.index.vectorOf("b")?.tokens).toBeUndefined();
  });

  it("answers what a batch added, updated and deleted", async () => {
    const stored = await open(memoryStorage());
    expect(await stored.append([put("a", "one"), put("b", "two")])).toMatchObject({ added: 2, updated: 0, deleted: 0 });
    expect(
      await stored.append([put("a", "three"), { type: "delete", id: "b" }, { type: "delete", id: "none" }]),
    ).toMatchObject({ added: 0, updated: 1, deleted: 1 });
  });

  it("gives the same from a snapshot as from the log", async () => {
    const storage = memoryStorage();
    const stored = await open(storage);
    for (let i = 0; i < 40; i++) await stored.append([put(`d${i % 25}`, `text number ${i}`)]);
    const fromLog = texts(await open(storage));
    await stored.writeSnapshot();
    await stored.append([put("late", "after the snapshot")]);
    const again = await open(storage);
    expect(texts(again)).toEqual({ ...fromLog, late: "after the snapshot" });
    expect(again.index.words.documentCount).toBe(26);
    expect(again.index.vectorOf("d3")).toEqual(stored.index.vectorOf("d3"));
  });

  it("folds many writers' batches in the order of the log, in every holder", async () => {
    const storage = memoryStorage();
    const holders = await Promise.all([0, 1, 2, 3].map(() => open(storage)));
    await Promise.all(
      holders.flatMap((holder, h) =>
        Array.from({ length: 25 }, (_, i) =>
          holder.append([put(`shared-${i % 5}`, `writer ${h} wrote ${i}`), put(`${h}-${i}`, "own")]),
        ),
      ),
    );
    await Promise.all(holders.map((holder) => holder.refresh()));
    const [first, ...others] = holders.map(texts);
    expect(Object.keys(first as object)).toHaveLength(105);
    for (const other of others) expect(other).toEqual(first);
    expect(holders.map((holder) => holder.version)).toEqual([100, 100, 100, 100]);
  });

  it("counts correctly when its own batch is read back before its append has resolved", async () => {
    const storage = memoryStorage();
    const stored = await open(storage);
    const original = stored.log.append.bind(stored.log);
    stored.log.append = async (...args) => {
      const result = await original(...args);
      await stored.refresh();
      return result;
    };
    expect(await stored.append([put("a", "one")])).toMatchObject({ added: 1, updated: 0 });
    expect(await stored.append([put("a", "two")])).toMatchObject({ added: 0, updated: 1 });
  });

  it("writes once for one idempotency key", async () => {
    const stored = await open(memoryStorage());
    const first = await stored.append([put("a", "one")], { idempotencyKey: "k" });
    const second = await stored.append([put("b", "two")], { idempotencyKey: "k" });
    expect(second).toMatchObject({ duplicate: true, version: first.version, added: 0 });
    expect(texts(stored)).toEqual({ a: "one" });
  });

  it("erases from history, and other holders drop what was erased and keep what came later", async () => {
    const storage = memoryStorage();
    const stored = await open(storage, { autoRefresh: false });
    const other = await open(storage, { autoRefresh: false });
    await stored.append([put("secret", "my card number is 4929"), put("b", "keep me")]);
    await stored.writeSnapshot();
    await other.refresh();
    expect(await stored.erase(["secret"])).toEqual({ erased: 1 });
    await stored.append([put("c", "after")]);
    expect(texts(stored)).toEqual({ b: "keep me", c: "after" });
    await other.refresh();
    expect(texts(other)).toEqual({ b: "keep me", c: "after" });
    expect(texts(await open(storage))).toEqual({ b: "keep me", c: "after" });
    const bytes = Buffer.concat(
      [stored, other].map(({ index }) => takeAll(packSections(takeAll(index.toSections())))),
    ).toString("latin1");
    expect(bytes).not.toContain("4929");
  });

  it("folds events beside documents, also across a snapshot", async () => {
    const counter = (): EventFold & { seen: string[] } => ({
      seen: [],
      apply(event) {
        this.seen.push(event.type);
      },
      erased: () => undefined,
      reset() {
        this.seen = [];
      },
      toJSON() {
        return this.seen;
      },
      fromJSON(state) {
        this.seen = [...(state as string[])];
      },
    });
    const storage = memoryStorage();
    const fold = counter();
    const stored = await open(storage, { fold });
    await stored.append([{ type: "event", id: "e1", event: { type: "opened" } }, put("a", "one")]);
    await stored.writeSnapshot();
    await stored.append([{ type: "event", id: "e2", event: { type: "closed" } }]);
    const again = counter();
    await open(storage, { fold: again });
    expect(fold.seen).toEqual(["opened", "closed"]);
    expect(again.seen).toEqual(["opened", "closed"]);
  });

  it("follows another holder by itself", async () => {
    const storage = memoryStorage();
    const reader = await open(storage);
    const writer = await open(storage);
    await writer.append([put("a", "hello")]);
    for (let i = 0; i < 100 && reader.version < writer.version; i++)
      await new Promise((resolve) => setTimeout(resolve, 5));
    expect(texts(reader)).toEqual({ a: "hello" });
  });

  it("refuses calls after close", async () => {
    const stored = await open(memoryStorage());
    await stored.close();
    await stored.close();
    await expect(stored.append([put("a", "x")])).rejects.toMatchObject({ code: "sotto.closed" });
    expect(() => stored.index).toThrow(/is closed/);
  });

  it("does not bring back what another holder erased, with changes that were made of the index as it was", async () => {
    const storage = memoryStorage();
    const [a, b] = [await open(storage, { autoRefresh: false }), await open(storage, { autoRefresh: false })];
    await a.append([put("x", "a secret"), put("y", "no secret")]);
    await b.refresh();
    const stale = b.index.documents.document(b.index.documents.slotOf("x") as number);
    await a.erase(["x"]);
    const again = b.append([{ type: "put", document: stale, vector: undefined }], { expectedVersion: b.version });
    await expect(again).rejects.toMatchObject({ code: "storage.version_conflict" });
    expect(texts(b)).toEqual({ y: "no secret" });
    // What stands by itself is written all the same.
    await a.erase(["y"]);
    await b.append([put("z", "new")]);
    expect(texts(b)).toEqual({ z: "new" });
  });
});
