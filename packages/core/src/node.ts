/**
 * What of Sotto runs in Node only: the SQLite store, batches as bytes, for those who write a store, and embedders by name.
 *
 * @module
 */
export { EMBEDDER_NAMES, type EmbedderName, embedderByName, embedderNameOf } from "./embedder-by-name.ts";
export { type ExamineStoreOptions, examineStore } from "./examine-store.ts";
export type { StoreExamination } from "./forgetting/index.ts";
export type { SqliteStorageOptions } from "./storage/node/index.ts";
export {
  type BackupOptions,
  backupStore,
  decodeBatch,
  encodeBatch,
  eraseFromBatch,
  isIntact,
  restoreStore,
  sealBatch,
  sqliteStorage,
} from "./storage/node/index.ts";
