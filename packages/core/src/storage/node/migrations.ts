import { SCHEMA } from "./schema.ts";

/** One step of the database's format. A step that was released is never changed: stores that it made are out there. */
export interface Migration {
  /** The format (`PRAGMA user_version`) that the store is of after it: one more than before. */
  to: number;
  /** Changes what an earlier format has, within the transaction that also sets the format. */
  run(sqlite: { exec(sql: string): void }): void;
}

/**
 * Every step, oldest first: a new store takes all of them, an older one those that it lacks. To change the schema, append a
 * step, write a store with the released code into `test/fixtures`, and open it in `test/earlier-stores.test.ts`:
 *
 *     { to: 2, run: (sqlite) => sqlite.exec("ALTER TABLE logs ADD COLUMN created_ms INTEGER NOT NULL DEFAULT 0") },
 *
 * A step that an earlier version could live with need not be one: it would lock that version out of the store.
 */
export const migrations: readonly Migration[] = [{ to: 1, run: (sqlite) => sqlite.exec(SCHEMA) }];

/** The format that these steps lead to. */
export function formatOf(steps: readonly Migration[]): number {
  return steps.at(-1)?.to ?? 0;
}
