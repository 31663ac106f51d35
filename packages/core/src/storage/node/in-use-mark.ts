import { existsSync, statSync } from "node:fs";
import { StorageCorruptError } from "../../errors/index.ts";

/** What of a database the mark needs. */
interface MarkedDatabase {
  readonly name: string;
  readonly file: string;
  counter(name: "in_use"): number;
  run(sql: string, value: number): number;
  transaction<T>(mode: "write", work: () => T): T;
  checkpoint(): void;
}

/** True when a write-ahead log with something in it lies beside the file. To be asked before SQLite opens it. */
export function hasWriteAheadLog(file: string): boolean {
  return existsSync(`${file}-wal`) && statSync(`${file}-wal`).size > 0;
}

/**
 * A mark in the file itself (not only in the write-ahead log) while a process has the store open. A file that has the mark,
 * but no log beside it, was copied or moved without its log, where the newest writes are.
 */
export function assertComplete(database: MarkedDatabase, hadLog: boolean): void {
  if (hadLog || database.counter("in_use") === 0) return;
  throw new StorageCorruptError(
    `The store ${database.name}`,
    `it was copied or moved while it was open, without its write-ahead log ${database.file}-wal, where the newest writes are; copy that too, or make copies by \`sotto backup\``,
  );
}

/** Sets the mark; a store that is full, or busy, goes without. */
export function markInUse(database: MarkedDatabase): void {
  if (database.counter("in_use") === 1) return;
  set(database, 1);
  database.checkpoint();
}

export function markClosed(database: MarkedDatabase): void {
  if (database.counter("in_use") === 1) set(database, 0);
}

function set(database: MarkedDatabase, value: 0 | 1): void {
  try {
    database.transaction("write", () =>
      database.run("INSERT INTO counters VALUES ('in_use', ?) ON CONFLICT DO UPDATE SET value = excluded.value", value),
    );
  } catch {
    // Only this precaution is lost.
  }
}
