import assert from "node:assert/strict";
import { placesOf, type StoreCase } from "./fixture.ts";

export const searchCases: readonly StoreCase[] = [
  {
    title: "filters by values and by operators",
    async run({ store }) {
      await store.put(["t"], "1", { status: "open", priority: 1 });
      await store.put(["t"], "2", { status: "open", priority: 5 });
      await store.put(["t"], "3", { status: "done" });
      const found = async (filter: Record<string, unknown>) => placesOf(await store.search(["t"], { filter }));
      assert.deepEqual(await found({ status: "open" }), ["t 1", "t 2"]);
      assert.deepEqual(await found({ status: "open", priority: 5 }), ["t 2"]);
      assert.deepEqual(await found({ priority: { $gt: 1 } }), ["t 2"]);
      assert.deepEqual(await found({ priority: { $gte: 1, $lt: 5 } }), ["t 1"]);
      assert.deepEqual(await found({ priority: { $lte: 5 } }), ["t 1", "t 2"]);
      assert.deepEqual(await found({ status: { $eq: "done" } }), ["t 3"]);
      assert.deepEqual(await found({ priority: { $ne: 5 } }), ["t 1", "t 3"]);
      assert.deepEqual(await found({ status: "lost" }), []);
    },
  },
  {
    title: "gives 10 items when no limit is said, and pages that neither overlap nor miss one",
    async run({ store }) {
      const keys = Array.from({ length: 23 }, (_, i) => `k${String(i).padStart(2, "0")}`);
      for (const key of keys) await store.put(["page"], key, { key });
      assert.equal((await store.search(["page"])).length, 10);
      const seen: string[] = [];
      for (let offset = 0; offset < 30; offset += 7) {
        seen.push(...(await store.search(["page"], { limit: 7, offset })).map(({ key }) => key));
      }
      assert.deepEqual(seen.sort(), keys);
      assert.deepEqual(await store.search(["page"], { limit: 0 }), []);
    },
  },
  {
    title: "has no score without a query",
    async run({ store }) {
      await store.put(["s"], "k", { text: "apple" });
      assert.equal((await store.search(["s"]))[0]?.score, undefined);
    },
  },
  {
    title: "ranks by meaning where there is a query, within the namespace and the filter",
    async run({ store }) {
      await store.put(["m", "ada"], "fruit", { text: "apple apple", kind: "food" });
      await store.put(["m", "ada"], "both", { text: "apple banana", kind: "food" });
      await store.put(["m", "ada"], "tool", { text: "apple", kind: "tool" });
      await store.put(["m", "bob"], "other", { text: "apple apple apple", kind: "food" });
      const found = await store.search(["m", "ada"], { query: "banana", limit: 1 });
      assert.deepEqual(placesOf(found), ["m/ada both"]);
      assert.ok((found[0]?.score as number) > 0);
      const food = await store.search(["m", "ada"], { query: "apple", filter: { kind: "food" } });
      assert.deepEqual(
        food.map(({ key }) => key),
        ["fruit", "both"],
      );
      const scores = food.map(({ score }) => score as number);
      assert.ok((scores[0] as number) > (scores[1] as number));
    },
  },
  {
    title: "pages ranked results",
    async run({ store }) {
      await store.put(["r"], "1", { text: "apple apple apple" });
      await store.put(["r"], "2", { text: "apple apple banana" });
      await store.put(["r"], "3", { text: "apple banana banana" });
      const found = await store.search(["r"], { query: "apple", limit: 1, offset: 1 });
      assert.deepEqual(placesOf(found), ["r 2"]);
    },
  },
  {
    title: "ranks only by the fields that the put names",
    async run({ store }) {
      await store.put(["f"], "1", { title: "apple", body: [{ text: "banana" }] }, ["body[*].text"]);
      await store.put(["f"], "2", { title: "banana", body: [{ text: "apple" }] }, ["body[*].text"]);
      assert.equal((await store.search(["f"], { query: "banana", limit: 1 }))[0]?.key, "1");
    },
  },
  {
    title: "gives what is put with index false no score, and everywhere else like any item",
    async run({ store }) {
      await store.put(["i"], "hidden", { text: "apple apple" }, false);
      await store.put(["i"], "shown", { text: "apple" });
      const ranked = await store.search(["i"], { query: "apple" });
      assert.equal(ranked[0]?.key, "shown");
      assert.ok(ranked.slice(1).every(({ score }) => score === undefined));
      assert.equal((await store.search(["i"])).length, 2);
      assert.deepEqual((await store.get(["i"], "hidden"))?.value, { text: "apple apple" });
    },
  },
  {
    title: "does not rank by a text that was replaced",
    async run({ store }) {
      await store.put(["o"], "1", { text: "apple" }, ["text"]);
      await store.put(["o"], "1", { other: "banana" }, ["other"]);
      await store.put(["o"], "2", { text: "apple banana" }, ["text"]);
      const [first] = await store.search(["o"], { query: "apple", limit: 1 });
      assert.equal(first?.key, "2");
    },
  },
  {
    title: "does not rank by a text that a put with index false took out",
    async run({ store }) {
      await store.put(["o"], "1", { text: "apple" });
      await store.put(["o"], "1", { text: "apple" }, false);
      const found = await store.search(["o"], { query: "apple" });
      assert.ok(found.every(({ score }) => score === undefined));
    },
  },
];
