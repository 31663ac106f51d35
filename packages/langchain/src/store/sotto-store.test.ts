import { InMemoryStore } from "@langchain/langgraph";
import { type Clock, createSotto, memoryStorage, type Sotto } from "@sotto/core";
import { fromEmbeddings } from "../embeddings/from-embeddings.ts";
import { testStore } from "../testing/store/test-store.ts";
import { TopicEmbeddings } from "../testing/vector-store/topic-embeddings.ts";
import { SottoStore } from "./sotto-store.ts";

testStore(
  "SottoStore",
  async () => {
    const embedder = await fromEmbeddings(new TopicEmbeddings(), { id: "topics", dimensions: 16 });
    const sotto = createSotto({ storage: memoryStorage(), embedder });
    return { store: new SottoStore({ sotto }), cleanup: () => sotto.close() };
  },
  { reference: () => new InMemoryStore() },
);

/** A clock that is moved by hand. */
function handClock(): Clock & { advance(ms: number): void } {
  let now = 1_000_000;
  const timers = new Set<{ at: number; callback: () => void }>();
  return {
    now: () => now,
    monotonic: () => now,
    after(ms, callback) {
      const timer = { at: now + ms, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance(ms) {
      now += ms;
      for (const timer of [...timers]) {
        if (timer.at <= now && timers.delete(timer)) timer.callback();
      }
    },
  };
}

describe("SottoStore", () => {
  let sotto: Sotto;

  beforeEach(() => {
    sotto = createSotto({ storage: memoryStorage() });
  });

  afterEach(() => sotto.close());

  it("finds memories by meaning with the embedder that comes with Sotto", async () => {
    const store = new SottoStore({ sotto });
    await store.put(["ada", "memories"], "1", { text: "She is allergic to peanuts." });
    await store.put(["ada", "memories"], "2", { text: "Her router is in the kitchen." });
    const [found] = await store.search(["ada"], { query: "which food must she avoid, peanuts?" });
    expect(found?.key).toBe("1");
  });

  it("is there again for another store of the same index", async () => {
    await new SottoStore({ sotto }).put(["a"], "k", { n: 1 });
    expect((await new SottoStore({ sotto }).get(["a"], "k"))?.value).toEqual({ n: 1 });
    expect(await new SottoStore({ sotto, name: "other" }).get(["a"], "k")).toBeNull();
  });

  it("keeps what belongs to one user out of every other's recall", async () => {
    const store = new SottoStore({ sotto });
    await store.put(["user", "ada", "memories"], "1", { text: "She is allergic to peanuts." });
    await sotto.createIndex("help", [{ id: "food", text: "Peanuts are in every box." }]);
    const { org } = await sotto.searchMemory("allergic to peanuts?", { user: "ben", timeoutMs: 10_000 });
    expect(org.map(({ index }) => index)).toEqual(["help"]);
  });

  it("ranks exactly with a filter that few of many items pass", async () => {
    const store = new SottoStore({ sotto });
    await store.batch(
      Array.from({ length: 1_500 }, (_, i) => ({
        namespace: ["n"],
        key: `k${i}`,
        value: { text: `refund number ${i}`, rare: i % 700 === 0 },
      })),
    );
    const found = await store.search(["n"], { query: "refund", filter: { rare: true } });
    expect(found.map(({ key }) => key).sort()).toEqual(["k0", "k1400", "k700"]);
    const many = await store.search(["n"], { query: "refund number 1234", filter: { rare: false }, limit: 1 });
    expect(many.map(({ key }) => key)).toEqual(["k1234"]);
  });

  it("forgets a namespace and those below it", async () => {
    const store = new SottoStore({ sotto });
    await store.put(["user", "1"], "a", { n: 1 });
    await store.put(["user", "1", "notes"], "b", { n: 2 });
    await store.put(["user", "10"], "c", { n: 3 });
    expect(await store.forgetNamespace(["user", "1"])).toBe(2);
    expect(await store.forgetNamespace(["user", "1"])).toBe(0);
    expect((await store.search([])).map(({ key }) => key)).toEqual(["c"]);
    await expect(store.forgetNamespace([])).rejects.toThrow("it is empty");
  });

  it("refuses a namespace of more labels than it can hold, and values that are no objects", async () => {
    const store = new SottoStore({ sotto });
    await expect(store.put(new Array(49).fill("a"), "k", {})).rejects.toThrow("49 labels, over 48");
    await expect(store.batch([{ namespace: ["a"], key: "k", value: [] as never }])).rejects.toThrow(
      "must be an object",
    );
    await expect(store.put(["a"], "k", {}, undefined, { ttlMs: 0 })).rejects.toThrow("0 is not above 0");
  });

  describe("with a time to live", () => {
    const DAY = 86_400_000;

    it("no longer shows what has expired, and a put makes it new", async () => {
      const clock = handClock();
      const store = new SottoStore({ sotto, clock, ttl: { defaultMs: DAY, refreshOnRead: false } });
      await store.put(["a"], "k", { text: "apple" });
      const before = await store.get(["a"], "k");
      clock.advance(DAY - 1);
      expect(await store.get(["a"], "k")).toEqual(before);
      clock.advance(1);
      expect(await store.get(["a"], "k")).toBeNull();
      expect(await store.search(["a"])).toEqual([]);
      expect(await store.search(["a"], { query: "apple" })).toEqual([]);
      expect(await store.listNamespaces()).toEqual([]);
      await store.put(["a"], "k", { text: "apple" });
      expect((await store.get(["a"], "k"))?.createdAt.getTime()).toBe(clock.now());
    });

    it("starts the time anew when an item is read or found, by default", async () => {
      const clock = handClock();
      const store = new SottoStore({ sotto, clock, ttl: { defaultMs: DAY } });
      await store.put(["a"], "k", { text: "apple" });
      clock.advance(DAY - 1);
      const item = await store.get(["a"], "k");
      clock.advance(DAY - 1);
      const [found] = await store.search(["a"], { query: "apple" });
      expect(found?.updatedAt).toEqual(item?.updatedAt);
      clock.advance(DAY - 1);
      expect(await store.get(["a"], "k")).not.toBeNull();
    });

    it("takes a time for one item, and keeps the others", async () => {
      const clock = handClock();
      const store = new SottoStore({ sotto, clock });
      await store.put(["a"], "short", { n: 1 }, undefined, { ttlMs: 10 });
      await store.put(["a"], "kept", { n: 2 });
      clock.advance(10);
      expect((await store.search(["a"])).map(({ key }) => key)).toEqual(["kept"]);
    });

    it("sweeps what has expired out of the index, by itself between start and stop", async () => {
      const clock = handClock();
      const store = new SottoStore({ sotto, clock, ttl: { defaultMs: 100, sweepIntervalMs: 1_000 } });
      const held = async () => (await sotto.getIndex(".langgraph-store")).docCount;
      await store.put(["a"], "k", { n: 1 });
      clock.advance(100);
      expect(await held()).toBe(1);
      expect(await store.sweep()).toBe(1);
      expect(await held()).toBe(0);

      store.start();
      await store.put(["a"], "k", { n: 1 });
      clock.advance(1_000);
      await store.get(["a"], "k");
      expect(await held()).toBe(0);

      store.stop();
      await store.put(["a"], "k", { n: 1 });
      clock.advance(5_000);
      await store.get(["a"], "k");
      expect(await held()).toBe(1);
    });
  });
});
