import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { InvalidArgumentError, StorageCorruptError, StorageUnavailableError } from "../../errors/index.ts";
import { APPLICATION_ID } from "./schema.ts";
import { storageError } from "./sqlite-error.ts";

const FILE = "sotto.db";
const BUSY_TIMEOUT_MS = 10_000;
/** Snapshots that are replaced while they are copied make a backup begin anew, so often. */
const MOST_ATTEMPTS = 5;

export interface BackupOptions {
  /** Folder of the store. */
  directory: string;
  /** Folder of the backup: made here, or empty. */
  to: string;
}

/**
 * Copies a store while others use it: as it is at one moment, with nothing of what was erased. The copy is a store itself.
 * It holds the thread; it is for a program of its own.
 */
export function backupStore({ directory, to }: BackupOptions): { snapshots: number } {
  const file = join(directory, FILE);
  assertStore(file);
  for (let attempt = 1; ; attempt++) {
    makeEmptyFolder(to);
    try {
      const snapshots = copy(file, join(to, FILE));
      return { snapshots };
    } catch (error) {
      rmSync(to, { recursive: true, force: true });
      if (isGone(error) && attempt < MOST_ATTEMPTS) continue;
      throw storageError(error, { name: `sqlite:${file}`, file, busyTimeoutMs: BUSY_TIMEOUT_MS });
    }
  }
}

/** Lays a backup where a store is to be. Refuses a folder that holds one. */
export function restoreStore({ directory, to }: BackupOptions): { snapshots: number } {
  if (existsSync(join(to, FILE)))
    throw new InvalidArgumentError("to", `there is a store in ${to} already; move it away first`);
  return backupStore({ directory, to });
}

function copy(from: string, to: string): number {
  const source = new DatabaseSync(from);
  try {
    source.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    source.prepare("VACUUM INTO ?").run(to);
  } finally {
    source.close();
  }
  chmodSync(to, 0o600);
  const target = new DatabaseSync(to);
  try {
    target.exec("PRAGMA secure_delete = ON; DELETE FROM snapshots WHERE state <> 'kept'");
    target.exec("UPDATE counters SET value = 0 WHERE name = 'in_use'");
    const kept = target.prepare("SELECT file FROM snapshots").all() as { file: string }[];
    mkdirSync(`${to}-snapshots`, { mode: 0o700 });
    for (const { file } of kept) copyFileSync(join(`${from}-snapshots`, file), join(`${to}-snapshots`, file));
    return kept.length;
  } finally {
    target.close();
    sync(to);
  }
}

function sync(file: string): void {
  const descriptor = openSync(file, "r+");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function assertStore(file: string): void {
  if (!existsSync(file)) throw new StorageUnavailableError(`sqlite:${file}`, "there is no such file");
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const { application_id } = database.prepare("PRAGMA application_id").get() as { application_id: number };
    if (application_id !== APPLICATION_ID)
      throw new StorageCorruptError(`The store sqlite:${file}`, "it is none of Sotto's");
  } catch (error) {
    throw storageError(error, { name: `sqlite:${file}`, file, busyTimeoutMs: BUSY_TIMEOUT_MS });
  } finally {
    database.close();
  }
}

function makeEmptyFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const held = readdirSync(folder).filter((name) => name !== ".gitignore");
  if (held.length > 0) throw new InvalidArgumentError("to", `the folder ${folder} is not empty: it holds ${held[0]}`);
  writeFileSync(join(folder, ".gitignore"), "*\n");
}

function isGone(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === "ENOENT";
}
