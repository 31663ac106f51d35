export type { SqliteStorageOptions } from "./sqlite-options.ts";
export { sqliteStorage } from "./sqlite-storage.ts";
