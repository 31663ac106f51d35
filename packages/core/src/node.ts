/**
 * What of Sotto runs in Node only: the SQLite store, and batches as bytes, for those who write a store.
 *
 * @module
 */
export type { SqliteStorageOptions } from "./storage/index.ts";
export { decodeBatch, encodeBatch, eraseFromBatch, isIntact, sealBatch, sqliteStorage } from "./storage/index.ts";
