/**
 * Conformance kits for the ports of Sotto.
 *
 * @module
 */

export type {
  AdapterCaseName,
  AdapterSetting,
  CreateAdapter,
  Exchange,
  KeptMessage,
  StorageFixture,
  TestedAdapter,
} from "./testing/index.ts";
export {
  type EmbedderTestRunner,
  type TestAdapterOptions,
  type TestConsolidatorOptions,
  type TestEmbedderOptions,
  type TestRunner,
  type TestStorageOptions,
  testAdapter,
  testConsolidator,
  testEmbedder,
  testStorage,
} from "./testing/index.ts";
