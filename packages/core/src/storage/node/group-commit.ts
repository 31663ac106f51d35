import { SottoError, StorageFullError, StorageUnavailableError } from "../../errors/index.ts";
import type { Database } from "./database.ts";

/** One request within a group. `perform` throws an error of this package for what is wrong with the request alone. */
export interface Member<T> {
  writes: boolean;
  perform(): T;
}

export type Outcome<T> = { value: T } | { error: unknown };

/**
 * Runs requests in order in one transaction, so that all of them share one sync of the disk. A request that is refused
 * does not touch its neighbours. When the transaction itself fails, each request gets one of its own.
 */
export function commitGroup<T>(database: Database, members: readonly Member<T>[]): Outcome<T>[] {
  try {
    return performAll(database, members);
  } catch (error) {
    // Every other transaction would have to wait as long.
    if (StorageUnavailableError.isInstance(error)) return members.map(() => ({ error }));
    return members.map((member) => performAlone(database, member));
  }
}

function performAll<T>(database: Database, members: readonly Member<T>[]): Outcome<T>[] {
  const mode = members.some(({ writes }) => writes) ? "write" : "read";
  return database.transaction(mode, () => members.map((member) => performOne(database, member)));
}

function performOne<T>(database: Database, { writes, perform }: Member<T>): Outcome<T> {
  try {
    return { value: writes ? database.isolated(perform) : perform() };
  } catch (error) {
    if (SottoError.isInstance(error)) return { error };
    throw error;
  }
}

function performAlone<T>(database: Database, member: Member<T>): Outcome<T> {
  try {
    return performAll(database, [member])[0] as Outcome<T>;
  } catch (error) {
    return StorageFullError.isInstance(error) ? performWithRoom(database, member, error) : { error };
  }
}

/** Once more, after what can be given back was given back. */
function performWithRoom<T>(database: Database, member: Member<T>, full: StorageFullError): Outcome<T> {
  try {
    if (database.counter("dead_bytes") > 0) database.reclaim();
    database.emptyWriteAheadLog();
    return performAll(database, [member])[0] as Outcome<T>;
  } catch {
    return { error: full };
  }
}
