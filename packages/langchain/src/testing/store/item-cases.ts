import assert from "node:assert/strict";
import type { StoreCase } from "./fixture.ts";

export const itemCases: readonly StoreCase[] = [
  {
    title: "has nothing while it is empty",
    async run({ store }) {
      assert.equal(await store.get(["a"], "missing"), null);
      assert.deepEqual(await store.search(["a"]), []);
      assert.deepEqual(await store.listNamespaces(), []);
    },
  },
  {
    title: "gives an item as it was put",
    async run({ store }) {
      const value = { text: "日本語 🙂", n: 1.5, yes: true, none: null, list: [1, { deep: [] }], object: { a: {} } };
      await store.put(["user", "1"], "k", value);
      const item = await store.get(["user", "1"], "k");
      assert.deepEqual(item?.value, value);
      assert.deepEqual(item?.namespace, ["user", "1"]);
      assert.equal(item?.key, "k");
      assert.ok(item?.createdAt instanceof Date && item.updatedAt instanceof Date);
      assert.equal(item.createdAt.getTime(), item.updatedAt.getTime());
    },
  },
  {
    title: "replaces the value that is put again, whole, and keeps when it was made",
    async run({ store }) {
      await store.put(["a"], "k", { old: 1, both: 1 });
      const first = await store.get(["a"], "k");
      const createdAt = first?.createdAt.getTime();
      await store.put(["a"], "k", { both: 2 });
      const second = await store.get(["a"], "k");
      assert.deepEqual(second?.value, { both: 2 });
      assert.equal(second?.createdAt.getTime(), createdAt);
      assert.ok((second?.updatedAt.getTime() as number) >= (createdAt as number));
      assert.equal((await store.search(["a"])).length, 1);
    },
  },
  {
    title: "deletes, and takes the deletion of what is not there as done",
    async run({ store }) {
      await store.delete(["a"], "missing");
      await store.put(["a"], "k", { n: 1 });
      await store.delete(["a"], "k");
      await store.delete(["a"], "k");
      assert.equal(await store.get(["a"], "k"), null);
      assert.deepEqual(await store.search(["a"]), []);
      await store.put(["a"], "k", { n: 2 });
      assert.deepEqual((await store.get(["a"], "k"))?.value, { n: 2 });
    },
  },
  {
    title: "tells keys apart whatever characters they hold",
    async run({ store }) {
      const keys = ["a", "A", "a:b", "a/b", "a.b", "a b", "日本", '"', "\\", "../a", "__proto__", "a".repeat(200)];
      for (const key of keys) await store.put(["keys"], key, { key });
      for (const key of keys) assert.deepEqual((await store.get(["keys"], key))?.value, { key });
      assert.equal((await store.search(["keys"], { limit: 100 })).length, keys.length);
    },
  },
  {
    title: "keeps its own copy of what is put",
    async run({ store }) {
      const value = { list: [1] };
      const namespace = ["a", "b"];
      await store.put(namespace, "k", value);
      value.list.push(2);
      namespace.push("changed");
      assert.deepEqual((await store.get(["a", "b"], "k"))?.value, { list: [1] });
    },
  },
  {
    title: "gives items that are the caller's own",
    async run({ store }) {
      await store.put(["a"], "k", { list: [1] });
      const got = await store.get(["a"], "k");
      const [found] = await store.search(["a"]);
      for (const item of [got, found]) {
        assert.ok(item);
        item.value.list.push(2);
      }
      assert.deepEqual((await store.get(["a"], "k"))?.value, { list: [1] });
    },
  },
  {
    title: "gives an item that later puts do not change",
    async run({ store }) {
      await store.put(["a"], "k", { n: 1 });
      const before = await store.get(["a"], "k");
      await store.put(["a"], "k", { n: 2 });
      assert.deepEqual(before?.value, { n: 1 });
    },
  },
  {
    title: "keeps everything that is put at the same time",
    async run({ store }) {
      const keys = Array.from({ length: 20 }, (_, i) => `k${i}`);
      await Promise.all(keys.map((key) => store.put(["many"], key, { key })));
      assert.equal((await store.search(["many"], { limit: 100 })).length, 20);
    },
  },
  {
    title: "refuses namespaces that are empty, have an empty label or a dot, or begin with langgraph",
    async run({ store }) {
      for (const namespace of [[], ["a", ""], ["a.b"], ["langgraph", "a"]]) {
        await assert.rejects(async () => store.put(namespace, "k", {}), `put took ${JSON.stringify(namespace)}`);
      }
    },
  },
  {
    title: "refuses them in a batch, too, and then writes nothing of it",
    async run({ store }) {
      const good = { namespace: ["a"], key: "k", value: { n: 1 } };
      for (const namespace of [[], ["a", ""], ["a.b"], ["langgraph", "a"]]) {
        await assert.rejects(async () => store.batch([good, { namespace, key: "k", value: {} }]));
      }
      assert.equal(await store.get(["a"], "k"), null);
    },
  },
];
