export type {
  AdapterCaseName,
  AdapterSetting,
  CreateAdapter,
  Exchange,
  KeptMessage,
  TestedAdapter,
} from "./adapter/adapter-fixture.ts";
export { type TestAdapterOptions, testAdapter } from "./adapter/test-adapter.ts";
export { type TestConsolidatorOptions, testConsolidator } from "./consolidator/test-consolidator.ts";
export { type EmbedderTestRunner, type TestEmbedderOptions, testEmbedder } from "./embedder/test-embedder.ts";
export type { StorageFixture } from "./storage/fixture.ts";
export { type TestRunner, type TestStorageOptions, testStorage } from "./storage/test-storage.ts";
