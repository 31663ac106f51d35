export { type BackupOptions, backupStore, restoreStore } from "./backup.ts";
export { decodeBatch, encodeBatch, eraseFromBatch, isIntact, sealBatch } from "./batch-codec.ts";
export type { SqliteStorageOptions } from "./sqlite-options.ts";
export { sqliteStorage } from "./sqlite-storage.ts";
