import assert from "node:assert/strict";
import type { BaseStore } from "@langchain/langgraph";
import { placesOf, type StoreCase } from "./fixture.ts";

/** No label begins another, none holds a colon: where `InMemoryStore` is right. */
const NAMESPACES = [["a"], ["a", "x"], ["a", "x", "deep"], ["b", "y"], ["b", "z"], ["c"]];
const KEYS = ["k1", "k2", "k3"];
const STATUS = ["open", "done", "lost"];
const STEPS = 150;

/** Random puts and deletes, the same in both stores; afterwards both must answer everything alike. */
export function differentialCase(createReference: () => BaseStore | Promise<BaseStore>): StoreCase {
  return {
    title: "answers as the reference does after random writes",
    async run({ store }) {
      const reference = await createReference();
      for (const seed of [1, 2, 3]) {
        await writeRandomly([store, reference], seed);
        await compare(store, reference);
      }
    },
  };
}

async function writeRandomly(stores: readonly BaseStore[], seed: number): Promise<void> {
  const random = randomFrom(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  for (let step = 0; step < STEPS; step++) {
    const namespace = pick(NAMESPACES);
    const key = pick(KEYS);
    const isDelete = random() < 0.3;
    const value = { status: pick(STATUS), n: Math.floor(random() * 10) };
    for (const store of stores) {
      if (isDelete) await store.delete([...namespace], key);
      else await store.put([...namespace], key, { ...value });
    }
  }
}

async function compare(store: BaseStore, reference: BaseStore): Promise<void> {
  for (const namespace of NAMESPACES) {
    for (const key of KEYS) {
      const [ours, theirs] = [await store.get(namespace, key), await reference.get(namespace, key)];
      assert.deepEqual(ours?.value, theirs?.value, `get ${namespace.join("/")} ${key}`);
    }
  }
  const filters = [
    undefined,
    { status: "open" },
    { n: { $gte: 3, $lt: 8 } },
    { status: { $ne: "done" }, n: { $gt: 1 } },
  ];
  for (const prefix of [[], ["b"], ...NAMESPACES, ["none"]]) {
    for (const filter of filters) {
      const options = { limit: 1_000, ...(filter === undefined ? {} : { filter }) };
      const [ours, theirs] = [await store.search(prefix, options), await reference.search(prefix, options)];
      assert.deepEqual(placesOf(ours), placesOf(theirs), `search ${prefix.join("/")} ${JSON.stringify(filter)}`);
    }
  }
  // The reference goes on listing namespaces that are empty: only those with items are compared.
  const full: string[][] = [];
  for (const namespace of await reference.listNamespaces()) {
    const items = await reference.search(namespace, { limit: 1_000 });
    if (items.some((item) => item.namespace.length === namespace.length)) full.push(namespace);
  }
  assert.deepEqual(await store.listNamespaces(), full);
}

/** mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
