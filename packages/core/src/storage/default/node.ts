import { sqliteStorage } from "../node/index.ts";
import type { Storage } from "../storage.ts";

/**
 * The store that `createSotto` uses when it is given none, in Node: SQLite in `directory`, else in the folder that the
 * environment variable SOTTO_STORE names, else in `.sotto`.
 */
export function openDefaultStorage(directory?: string): Storage {
  return sqliteStorage({ directory: directory ?? (process.env.SOTTO_STORE || ".sotto") });
}
