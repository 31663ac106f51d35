/**
 * Conformance kits for the ports of Sotto.
 *
 * @module
 */
export { type TestConsolidatorOptions, testConsolidator } from "./testing/consolidator/test-consolidator.ts";
export { type EmbedderTestRunner, type TestEmbedderOptions, testEmbedder } from "./testing/embedder/test-embedder.ts";
export type { StorageFixture } from "./testing/storage/fixture.ts";
export { type TestRunner, type TestStorageOptions, testStorage } from "./testing/storage/test-storage.ts";
