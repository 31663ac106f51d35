import type { BaseStore } from "@langchain/langgraph";
import { registerCases, type TestRunner } from "../runner.ts";
import { batchCases } from "./batch-cases.ts";
import { differentialCase } from "./differential-case.ts";
import { itemCases } from "./item-cases.ts";
import { namespaceCases } from "./namespace-cases.ts";
import { searchCases } from "./search-cases.ts";

export interface StoreFixture {
  /** Empty; it must rank by a `query`, reading the whole value where a put names no fields. */
  store: BaseStore;
  cleanup?(): Promise<void>;
}

export interface TestStoreOptions {
  /** Makes an empty store to compare with after random writes, for example LangGraph's `InMemoryStore`. */
  reference?: () => BaseStore | Promise<BaseStore>;
  /** Titles of the cases that are known to fail: each must fail. */
  expectedFailures?: readonly string[];
  /** What registers tests. Default: the globals `describe` and `it`. */
  runner?: TestRunner;
}

/**
 * Registers conformance tests for a LangGraph store. They agree with `InMemoryStore` where that is right, and are
 * stricter where it is not: namespaces never mix, values are copied, texts that were replaced are not found.
 *
 * @example
 * testStore("MyStore", async () => ({ store: new MyStore() }), { reference: () => new InMemoryStore() });
 */
export function testStore(
  name: string,
  create: () => Promise<StoreFixture>,
  { reference, expectedFailures, runner }: TestStoreOptions = {},
): void {
  const cases = [...itemCases, ...namespaceCases, ...searchCases, ...batchCases];
  if (reference !== undefined) cases.push(differentialCase(reference));
  registerCases(
    `${name}, a BaseStore,`,
    cases,
    async (each) => {
      const { store, cleanup } = await create();
      try {
        await each.run({ store });
      } finally {
        await cleanup?.();
      }
    },
    expectedFailures,
    runner,
  );
}
