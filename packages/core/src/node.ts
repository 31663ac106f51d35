/**
 * What of Sotto runs in Node only: the SQLite store.
 *
 * @module
 */
export type { SqliteStorageOptions } from "./storage/index.ts";
export { sqliteStorage } from "./storage/index.ts";
