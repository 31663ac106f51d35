/**
 * Conformance tests for LangChain vector stores and LangGraph stores, by Sotto's or by anyone.
 *
 * @module
 */
export type { TestRunner } from "./testing/runner.ts";
export { type StoreFixture, type TestStoreOptions, testStore } from "./testing/store/test-store.ts";
export {
  type TestVectorStoreOptions,
  testVectorStore,
  type VectorStoreFixture,
} from "./testing/vector-store/test-vector-store.ts";
