import assert from "node:assert/strict";
import type { GetOperation, Operation, PutOperation, SearchOperation } from "@langchain/langgraph";
import type { StoreCase } from "./fixture.ts";

const put = (key: string, value: Record<string, unknown> | null): PutOperation => ({ namespace: ["b"], key, value });
const get = (key: string): GetOperation => ({ namespace: ["b"], key });

export const batchCases: readonly StoreCase[] = [
  {
    title: "answers a batch of every kind in its order",
    async run({ store }) {
      await store.put(["b"], "old", { n: 0 });
      const search: SearchOperation = { namespacePrefix: ["b"] };
      const list: Operation = { matchConditions: [{ matchType: "prefix", path: ["b"] }], limit: 10, offset: 0 };
      const [item, written, found, namespaces, missing] = await store.batch<Operation[]>([
        get("old"),
        put("new", { n: 1 }),
        search,
        list,
        get("missing"),
      ]);
      assert.deepEqual((item as unknown as { value: unknown }).value, { n: 0 });
      assert.ok(written === undefined || written === null);
      assert.equal((found as unknown as unknown[]).length, 1);
      assert.deepEqual(namespaces, [["b"]]);
      assert.equal(missing, null);
      assert.deepEqual((await store.get(["b"], "new"))?.value, { n: 1 });
    },
  },
  {
    title: "reads the state before a batch's own writes",
    async run({ store }) {
      await store.put(["b"], "k", { n: 1 });
      const [, item] = await store.batch<[PutOperation, GetOperation]>([put("k", { n: 2 }), get("k")]);
      assert.deepEqual((item as unknown as { value: unknown }).value, { n: 1 });
    },
  },
  {
    title: "lets the last of several writes to one place win",
    async run({ store }) {
      await store.batch([put("k", { n: 1 }), put("gone", { n: 1 }), put("k", { n: 2 }), put("gone", null)]);
      assert.deepEqual((await store.get(["b"], "k"))?.value, { n: 2 });
      assert.equal(await store.get(["b"], "gone"), null);
    },
  },
  {
    title: "takes an empty batch",
    async run({ store }) {
      assert.deepEqual(await store.batch([]), []);
    },
  },
];
