import { StorageCompactedError, StorageFullError, StorageSnapshotRequiredError } from "../../errors/index.ts";
import type { Database } from "./database.ts";
import type { LogTable } from "./log-table.ts";
import type { EraseInput } from "./protocol.ts";
import type { Purger } from "./purger.ts";
import type { SnapshotTable } from "./snapshot-table.ts";

/** Dead batches are given back when they are more than this and more than half of the database. */
const RECLAIM_BYTES = 64 * 1024 * 1024;

interface Store {
  database: Database;
  logs: LogTable;
  snapshots: SnapshotTable;
  purger: Purger;
}

/** `Log.erase`. */
export async function erase(store: Store, input: EraseInput): Promise<{ epoch: number; erased: number }> {
  const { key, nowMs } = input;
  const { epoch } = store.database.transaction("read", () => checkErase(store, input));
  const staged = input.snapshot && (await store.snapshots.stage(key, { ...input.snapshot, epoch }, nowMs));
  let outcome: { epoch: number; erased: number; own: string[]; foreign: string[] };
  try {
    outcome = withRoom(store, () =>
      store.database.transaction("write", () => {
        const log = checkErase(store, input);
        if (log.id === undefined) return { epoch: log.epoch, erased: 0, own: [], foreign: [] };
        const doomed = store.snapshots.doomAll(log.id, staged);
        if (staged !== undefined) store.snapshots.keep(key, staged, log.epoch + 1);
        const erased = store.logs.eraseRecords(key, log.id, new Set(input.ids));
        store.database.run("UPDATE logs SET epoch = epoch + 1 WHERE id = ?", log.id);
        return { epoch: log.epoch + 1, erased, ...doomed };
      }),
    );
  } catch (error) {
    if (staged !== undefined) await store.snapshots.discard(staged);
    throw error;
  }
  await purge(store, outcome, nowMs);
  return { epoch: outcome.epoch, erased: outcome.erased };
}

/** `Storage.delete`. Finishes an earlier delete that was cut short, too. */
export async function deleteLog(store: Store, key: string, nowMs: number): Promise<boolean> {
  const doomed = withRoom(store, () =>
    store.database.transaction("write", () => {
      const log = store.logs.find(key);
      if (log === undefined) return undefined;
      const files = store.snapshots.doomAll(log.id);
      store.logs.remove(key, log);
      return files;
    }),
  );
  await purge(store, doomed ?? { own: [], foreign: [] }, nowMs);
  return doomed !== undefined;
}

/** Gives the space of dead batches back to the file system once it is worth writing the database anew. */
export function reclaimWhenWorthIt({ database }: Store): void {
  const dead = database.counter("dead_bytes");
  if (dead < RECLAIM_BYTES || dead * 2 < database.bytes()) return;
  database.reclaim();
  database.vacuum();
}

function checkErase({ logs }: Store, { key, epoch, snapshot }: EraseInput) {
  const log = { id: undefined, ...logs.head(key), ...logs.find(key) };
  if (epoch !== undefined && epoch !== log.epoch) throw new StorageCompactedError(key, log.base, log.base, log.epoch);
  if (log.base > 0 && snapshot === undefined) throw new StorageSnapshotRequiredError(key, log.base);
  return log;
}

/** Removes from the disk what a transaction has made unreachable. */
async function purge(store: Store, files: { own: string[]; foreign: string[] }, nowMs: number): Promise<void> {
  await store.snapshots.remove(files.own, true);
  await store.snapshots.awaitRemoval(files.foreign, nowMs);
  await store.snapshots.sweep(nowMs);
  await store.purger.purge();
}

/** Once more where there was no room: what the write-ahead log takes is free once it is moved into the database. */
function withRoom<T>({ database }: Store, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!StorageFullError.isInstance(error)) throw error;
    try {
      if (database.counter("dead_bytes") > 0) database.reclaim();
    } catch {
      // That needs room itself.
    }
    database.emptyWriteAheadLog();
    return work();
  }
}
