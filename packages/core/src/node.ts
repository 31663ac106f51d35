/**
 * What of Sotto runs in Node only: the SQLite store.
 *
 * @module
 */
export type { SqliteStorageOptions } from "./storage/node/sqlite-options.ts";
export { sqliteStorage } from "./storage/node/sqlite-storage.ts";
