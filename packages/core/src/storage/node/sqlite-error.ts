import { closeSync, openSync, statSync, unlinkSync, writeSync } from "node:fs";
import { SottoError, StorageCorruptError, StorageFullError, StorageUnavailableError } from "../../errors/index.ts";

// https://www.sqlite.org/rescode.html
const BUSY = 5;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const NOTADB = 26;
const IOERR_CORRUPTFS = 8458;

/** How far beyond what the files hold now room is looked for after a failed write. */
const PROBE_BYTES = 16 * 1024 * 1024;

/** The primary result code, when SQLite threw this. */
function sqliteCode(error: unknown): number | undefined {
  const code = (error as { errcode?: unknown } | null)?.errcode;
  return typeof code === "number" ? code & 0xff : undefined;
}

export function isBusy(error: unknown): boolean {
  return sqliteCode(error) === BUSY;
}

/** What SQLite or the file system threw, as an error of this package. Any other error is answered as it is. */
export function storageError(error: unknown, store: { name: string; file: string; busyTimeoutMs: number }): unknown {
  if (SottoError.isInstance(error) || !(error instanceof Error)) return error;
  const code = sqliteCode(error);
  if (code === undefined) return fileError(error, store.name);
  if (code === FULL) return new StorageFullError(store.name, error.message);
  if (code === CORRUPT || code === NOTADB || (error as { errcode?: number }).errcode === IOERR_CORRUPTFS) {
    return new StorageCorruptError(`The store ${store.name}`, error.message);
  }
  if (code === BUSY) {
    const reason = `another process or tool held its lock for more than busyTimeoutMs = ${store.busyTimeoutMs}`;
    return new StorageUnavailableError(store.name, reason);
  }
  const full = code === IOERR ? noRoom(store.file) : undefined;
  if (full !== undefined) return new StorageFullError(store.name, full);
  return new StorageUnavailableError(store.name, error.message);
}

const fullReasons: Record<string, string> = {
  ENOSPC: "no space left on the disk",
  EFBIG: "the largest file size that this process may write is reached",
  EDQUOT: "the disk quota is used up",
};

/** For what node:fs threw. */
function fileError(error: Error, store: string): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === undefined || (error as NodeJS.ErrnoException).syscall === undefined) return error;
  const full = fullReasons[code];
  return full === undefined ? new StorageUnavailableError(store, error.message) : new StorageFullError(store, full);
}

/**
 * SQLite says "I/O error" when a write breaks a limit on the size of files or a quota, and keeps the cause to itself:
 * tries whether a file beside the database can grow as far.
 */
function noRoom(file: string): string | undefined {
  const probe = `${file}-room-${process.pid}`;
  try {
    const descriptor = openSync(probe, "w");
    try {
      writeSync(descriptor, new Uint8Array(1), 0, 1, Math.max(sizeOf(file), sizeOf(`${file}-wal`)) + PROBE_BYTES);
    } finally {
      closeSync(descriptor);
      unlinkSync(probe);
    }
    return undefined;
  } catch (error) {
    return fullReasons[String((error as NodeJS.ErrnoException).code)];
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
