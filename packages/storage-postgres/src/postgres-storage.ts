import { randomUUID } from "node:crypto";
import { type Storage, StorageClosedError } from "@sotto/core";
import { checkKey, LogListeners, QueuedAppends } from "@sotto/core/storage";
import { ChangeFeed } from "./changes/change-feed.ts";
import { Connections } from "./connection/connections.ts";
import { AppendQueues } from "./log/append-queues.ts";
import { addressOf, EVERY_PROJECT, projectOfPrefix } from "./log/log-address.ts";
import { Statements } from "./log/statements.ts";
import { type PostgresStorageOptions, resolvePostgresOptions } from "./options.ts";
import { postgresLog, type StoreSession } from "./postgres-log.ts";
import { SearchableSchema } from "./searchable/searchable-schema.ts";
import { searchableStore } from "./searchable/searchable-store.ts";
import { BackgroundVacuum } from "./vacuum/background-vacuum.ts";
import { BEYOND_VACUUM, type VacuumOptions, type VacuumResult, vacuumTables } from "./vacuum/vacuum.ts";

/** A store in PostgreSQL. */
export interface PostgresStorage extends Storage {
  /**
   * Removes the row versions that erased and deleted texts left in the tables, and says what is left to do. It is tried by
   * itself after every erase and delete (see the option `vacuum`), without `full`.
   *
   * @example
   * const { remains } = await storage.vacuum({ full: true });
   */
  vacuum(options?: VacuumOptions): Promise<VacuumResult>;
}

/**
 * A store in PostgreSQL 14 or later, for many processes and machines. A committed append is on the server's disk, and on
 * its synchronous standby where it has one, when it resolves. Changes reach the others by NOTIFY.
 *
 * A call that finds no primary tries again for `retryForMs`, with each of the hosts of the URL; then it throws
 * `storage.unavailable`. Further errors: `storage.full`, `storage.corrupt`, `storage.newer_format`, `argument.invalid`.
 *
 * An erase rewrites rows and snapshots: no statement can read what was erased. The bytes that it leaves in the files are for
 * VACUUM to remove: see `vacuum`.
 *
 * @example
 * import { createSotto } from "@sotto/core";
 * import { postgresStorage } from "@sotto/storage-postgres";
 *
 * const sotto = createSotto({ storage: postgresStorage("postgres://sotto:secret@db1,db2/sotto?sslmode=verify-full") });
 */
export function postgresStorage(url: string, options: PostgresStorageOptions = {}): PostgresStorage {
  const resolved = resolvePostgresOptions(url, options);
  const { name, project } = resolved;
  const connections = new Connections(resolved);
  const statements = new Statements(resolved.schema, randomUUID().slice(0, 8));
  const listeners = new LogListeners();
  const vacuum = new BackgroundVacuum(resolved.vacuum, () => vacuumTables(resolved, connections), resolved.logger);
  const session: StoreSession = {
    connections,
    statements,
    listeners,
    appends: new AppendQueues({ connections, statements }),
    queued: new QueuedAppends(),
    feed: new ChangeFeed(resolved, { connections, statements, listeners }),
    vacuum,
    addressOf: (key) => addressOf(key, project),
    assertOpen() {
      if (closing !== undefined) throw new StorageClosedError(name);
    },
  };
  let closing: Promise<void> | undefined;

  async function close(): Promise<void> {
    await session.feed.close();
    await session.appends.allSettled();
    await vacuum.settled();
    await connections.close();
    await session.queued.allSettled();
  }

  return {
    name,
    ...(resolved.searchable ? { searchable: searchableStore(session, new SearchableSchema(resolved)) } : {}),
    async open(key) {
      session.assertOpen();
      checkKey(key);
      return postgresLog(addressOf(key, project), session);
    },
    async list(prefix) {
      session.assertOpen();
      const of = project ?? projectOfPrefix(prefix) ?? EVERY_PROJECT;
      const keys = await connections.run(({ sql }) => statements.list(sql, of, prefix));
      // The database orders by code point.
      return keys.sort();
    },
    async delete(key) {
      session.assertOpen();
      checkKey(key);
      const address = addressOf(key, project);
      await session.appends.settled(address);
      let again = false;
      const existed = await connections.run((attempt) => {
        again ||= attempt.again;
        return statements.delete(attempt.sql, address);
      });
      if (existed !== true) return existed === null && again;
      listeners.wake([key]);
      await vacuum.request();
      return true;
    },
    async vacuum(vacuumOptions = {}) {
      session.assertOpen();
      const { done, remains } = await vacuumTables(resolved, connections, vacuumOptions);
      return { done, remains: [...remains, BEYOND_VACUUM] };
    },
    async close() {
      closing ??= close();
      return closing;
    },
  };
}
