import assert from "node:assert/strict";
import type { BaseStore } from "@langchain/langgraph";
import { placesOf, type StoreCase } from "./fixture.ts";

async function fill(store: BaseStore, namespaces: readonly string[][]): Promise<void> {
  for (const namespace of namespaces) await store.put(namespace, "k", { at: namespace.join("/") });
}

export const namespaceCases: readonly StoreCase[] = [
  {
    title: "searches a namespace and those below it",
    async run({ store }) {
      await fill(store, [["user", "ada"], ["user", "ada", "notes"], ["user", "bob"], ["docs"]]);
      assert.deepEqual(placesOf(await store.search(["user", "ada"])), ["user/ada k", "user/ada/notes k"]);
      assert.equal((await store.search(["user"])).length, 3);
      assert.equal((await store.search([])).length, 4);
      assert.deepEqual(await store.search(["nobody"]), []);
    },
  },
  {
    title: "does not find user/10 under user/1",
    async run({ store }) {
      await fill(store, [
        ["user", "1"],
        ["user", "10"],
      ]);
      assert.deepEqual(placesOf(await store.search(["user", "1"])), ["user/1 k"]);
    },
  },
  {
    title: "does not find users under user",
    async run({ store }) {
      await fill(store, [["user"], ["users"]]);
      assert.deepEqual(placesOf(await store.search(["user"])), ["user k"]);
    },
  },
  {
    title: "tells the label user:1 from the labels user and 1",
    async run({ store }) {
      await store.put(["user", "1"], "k", { secret: true });
      assert.equal(await store.get(["user:1"], "k"), null);
      assert.deepEqual(await store.search(["user:1"]), []);
    },
  },
  {
    title: "writes a label and a key with a colon in one batch to their own places",
    async run({ store }) {
      await store.batch([
        { namespace: ["a"], key: "b:c", value: { n: 1 } },
        { namespace: ["a", "b"], key: "c", value: { n: 2 } },
      ]);
      assert.deepEqual((await store.get(["a"], "b:c"))?.value, { n: 1 });
      assert.deepEqual((await store.get(["a", "b"], "c"))?.value, { n: 2 });
    },
  },
  {
    title: "lists namespaces by prefix, suffix and wildcard",
    async run({ store }) {
      await fill(store, [["user", "ada", "v1"], ["user", "bob", "v1"], ["user", "bob", "v2"], ["docs"]]);
      assert.deepEqual(await store.listNamespaces(), [
        ["docs"],
        ["user", "ada", "v1"],
        ["user", "bob", "v1"],
        ["user", "bob", "v2"],
      ]);
      assert.deepEqual(await store.listNamespaces({ prefix: ["user", "bob"] }), [
        ["user", "bob", "v1"],
        ["user", "bob", "v2"],
      ]);
      assert.equal((await store.listNamespaces({ suffix: ["v1"] })).length, 2);
      assert.equal((await store.listNamespaces({ prefix: ["user", "*", "v2"] })).length, 1);
      assert.equal((await store.listNamespaces({ prefix: ["user"], suffix: ["ada", "*"] })).length, 1);
      assert.deepEqual(await store.listNamespaces({ prefix: ["user", "ada", "v1", "deeper"] }), []);
    },
  },
  {
    title: "cuts listed namespaces to maxDepth, each once, and pages them",
    async run({ store }) {
      await fill(store, [["a", "x", "1"], ["a", "x", "2"], ["a", "y"], ["b"]]);
      assert.deepEqual(await store.listNamespaces({ maxDepth: 2 }), [["a", "x"], ["a", "y"], ["b"]]);
      assert.deepEqual(await store.listNamespaces({ maxDepth: 2, limit: 1, offset: 1 }), [["a", "y"]]);
      assert.deepEqual(await store.listNamespaces({ offset: 10 }), []);
    },
  },
  {
    title: "lists a label with a colon as one label",
    async run({ store }) {
      await fill(store, [["user:1", "notes"]]);
      assert.deepEqual(await store.listNamespaces(), [["user:1", "notes"]]);
    },
  },
  {
    title: "does not list a namespace whose last item was deleted",
    async run({ store }) {
      await fill(store, [["a"], ["b"]]);
      await store.delete(["a"], "k");
      assert.deepEqual(await store.listNamespaces(), [["b"]]);
    },
  },
];
