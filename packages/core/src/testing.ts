/**
 * Conformance kits for the ports of Sotto.
 *
 * @module
 */

export type { StorageFixture } from "./testing/index.ts";
export {
  type EmbedderTestRunner,
  type TestConsolidatorOptions,
  type TestEmbedderOptions,
  type TestRunner,
  type TestStorageOptions,
  testConsolidator,
  testEmbedder,
  testStorage,
} from "./testing/index.ts";
