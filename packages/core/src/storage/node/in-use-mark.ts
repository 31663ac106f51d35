import { closeSync, existsSync, openSync, rmSync, statSync } from "node:fs";
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
  return (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/** True when there is a sign beside the file that it is where it was in use. To be asked before SQLite opens it. */
export function hasCompany(file: string): boolean {
  return existsSync(`${file}-wal`) || existsSync(signOf(file));
}

/**
 * A mark in the file itself (not only in the write-ahead log), and a sign beside it, while a process has the store open. A
 * file that has the mark, but nothing beside it, was copied or moved without its log, where the newest writes are.
 */
export function assertComplete(database: MarkedDatabase, hadCompany: boolean): void {
  if (hadCompany || database.counter("in_use") === 0) return;
  // Another process has begun to use it since it was asked: its sign is there by now.
  if (existsSync(signOf(database.file))) return;
  throw new StorageCorruptError(
    `The store ${database.name}`,
    `it was copied or moved while it was open, without its write-ahead log ${database.file}-wal, where the newest writes are; copy that too, or make copies by \`sotto backup\`, which also makes a store of what is here`,
  );
}

/** Sets the mark; a store that is full, or busy, goes without. */
export function markInUse(database: MarkedDatabase): void {
  try {
    closeSync(openSync(signOf(database.file), "a", 0o600));
  } catch {
    return;
  }
  if (database.counter("in_use") === 1) return;
  if (set(database, 1)) database.checkpoint();
}

/** Takes the mark away; the sign stays where that was not possible, so that the store can be opened again. */
export function markClosed(database: MarkedDatabase): void {
  if (database.counter("in_use") === 0 || set(database, 0)) rmSync(signOf(database.file), { force: true });
}

function signOf(file: string): string {
  return `${file}-open`;
}

function set(database: MarkedDatabase, value: 0 | 1): boolean {
  try {
    database.transaction("write", () =>
      database.run("INSERT INTO counters VALUES ('in_use', ?) ON CONFLICT DO UPDATE SET value = excluded.value", value),
    );
    return true;
  } catch {
    // Only this precaution is lost.
    return false;
  }
}
