import { randomUUID } from "node:crypto";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { crc32 } from "node:zlib";
import { StorageCompactedError, StorageCorruptError } from "../../errors/index.ts";
import { checkSnapshotNotAhead } from "../arguments.ts";
import type { Snapshot } from "../storage.ts";
import type { Database } from "./database.ts";
import type { LogTable } from "./log-table.ts";
import type { Owner } from "./owner.ts";
import { readIntact, removeFile, TEMPORARY, writeDurably } from "./snapshot-file.ts";
import { storageError } from "./sqlite-error.ts";

/** A file that no row speaks of is removed when it is older: only a database put back from a backup makes one. */
const ORPHAN_AGE_MS = 60 * 60_000;

/** How long an erase lets another process finish a file that it was writing, before it removes it itself. */
const WRITER_PATIENCE_MS = 30_000;

interface SnapshotRow {
  file: string;
  version: number;
  epoch: number;
  bytes: number;
  crc32: number;
}

/** The snapshots: files in `folder`, and their rows. Its files are written and read without blocking the worker. */
export class SnapshotTable {
  readonly #database: Database;
  readonly #logs: LogTable;
  readonly #folder: string;
  readonly #owner: Owner;

  constructor(database: Database, logs: LogTable, folder: string, owner: Owner) {
    this.#database = database;
    this.#logs = logs;
    this.#folder = folder;
    this.#owner = owner;
  }

  /** Writes the file of a snapshot that does not count yet; `keep` or `discard` comes next. */
  async stage(key: string, { version, epoch, data }: Snapshot, nowMs: number): Promise<string> {
    const file = `${randomUUID()}.snapshot`;
    this.#database.transaction("write", () => {
      const log = this.#logs.find(key);
      const { base, epoch: current, version: head } = log ?? this.#logs.head(key);
      if (epoch !== current || version < base) throw new StorageCompactedError(key, version, base, current);
      checkSnapshotNotAhead(key, version, head);
      this.#database.run(
        "INSERT INTO snapshots VALUES (?, ?, 'writing', ?, ?, ?, ?, ?, ?)",
        file,
        log?.id ?? null,
        this.#owner.name,
        nowMs,
        version,
        epoch,
        data.length,
        crc32(data),
      );
    });
    try {
      await writeDurably(join(this.#folder, file), data);
      return file;
    } catch (error) {
      await this.discard(file);
      throw storageError(error, this.#database);
    }
  }

  /**
   * Within a transaction: makes a staged snapshot count, in `epoch`. Throws when the log was erased from, deleted or
   * compacted beyond it since.
   */
  keep(key: string, file: string, epoch: number): void {
    const row = this.#database.get<{ state: string; version: number }>(
      "SELECT state, version FROM snapshots WHERE file = ?",
      file,
    );
    const head = this.#logs.head(key);
    if (row?.state !== "writing" || row.version < head.base) {
      throw new StorageCompactedError(key, row?.version ?? 0, head.base, head.epoch);
    }
    this.#database.run("UPDATE snapshots SET state = 'kept', epoch = ? WHERE file = ?", epoch, file);
  }

  /** Within a transaction: dooms all but the two newest snapshots of a log. Answers their files, for `remove`. */
  doomOlder(log: number, justKept: string): string[] {
    const kept = this.#kept(log);
    const version = kept.find(({ file }) => file === justKept)?.version;
    const replaced = kept.filter((row) => row.version === version && row.file !== justKept);
    const others = kept.filter((row) => !replaced.includes(row));
    return this.#doom([...replaced, ...others.slice(2)].map(({ file }) => file));
  }

  /**
   * Within a transaction: dooms every snapshot of a log, those still being written too, except `staged`. `own` are for
   * `remove`, `foreign` for `awaitRemoval`: their writers find out when they are done, and remove them.
   */
  doomAll(log: number, staged?: string): { own: string[]; foreign: string[] } {
    const own = this.#doom(this.#kept(log).map(({ file }) => file));
    const writing = this.#database
      .all<{ file: string }>("SELECT file FROM snapshots WHERE log = ? AND state = 'writing'", log)
      .filter(({ file }) => file !== staged);
    for (const { file } of writing) {
      this.#database.run("UPDATE snapshots SET state = 'doomed' WHERE file = ?", file);
    }
    return { own, foreign: writing.map(({ file }) => file) };
  }

  /** Version up to which a log may be truncated: that of the older of two snapshots; undefined when there are not two. */
  truncateBound(log: number): number | undefined {
    return this.#kept(log)[1]?.version;
  }

  /** The newest snapshot that is whole; null when there is none and the log reaches back to its beginning. */
  async read(key: string): Promise<Snapshot | null> {
    for (;;) {
      const { log, rows } = this.#database.transaction("read", () => {
        const found = this.#logs.find(key);
        return { log: found, rows: found === undefined ? [] : this.#kept(found.id) };
      });
      const damage: string[] = [];
      for (const { file, version, epoch, bytes, crc32 } of rows) {
        const data = await this.#readFile(file, bytes, crc32);
        if (typeof data !== "string") return { version, epoch, data };
        damage.push(`${data} (version ${version})`);
      }
      // Another process may have replaced what was read: then look again.
      const gone = rows.some(({ file }) => this.#state(file) !== "kept");
      if (gone) continue;
      if (log === undefined || log.base === 0) return null;
      throw new StorageCorruptError(`Every snapshot of the log "${key}"`, damage.join("; ") || "there is none");
    }
  }

  /** Takes back a staged snapshot. */
  async discard(file: string): Promise<void> {
    await this.remove([file], true);
  }

  /** Removes files that are doomed, or staged here; then their rows. */
  async remove(files: readonly string[], overwrite: boolean): Promise<void> {
    try {
      for (const file of files) await removeFile(join(this.#folder, file), overwrite);
      if (files.length === 0) return;
      this.#database.transaction("write", () => {
        for (const file of files) this.#database.run("DELETE FROM snapshots WHERE file = ?", file);
      });
    } catch (error) {
      throw storageError(error, this.#database);
    }
  }

  /** Waits until the writers of doomed files have removed them, and removes those of writers that are no more. */
  async awaitRemoval(files: readonly string[], nowMs: number): Promise<void> {
    for (let waitedMs = 0; ; waitedMs += 5) {
      const left = files.filter((file) => this.#state(file) !== undefined);
      if (left.length === 0) return;
      const dead = left.filter((file) => waitedMs >= WRITER_PATIENCE_MS || !this.#hasWriter(file, nowMs));
      await this.remove(dead, true);
      await sleep(5);
    }
  }

  /** Removes what processes that ended in the middle of something have left. */
  async sweep(nowMs: number): Promise<void> {
    const rows = this.#database.all<{ file: string }>("SELECT file FROM snapshots WHERE state <> 'kept'");
    await this.remove(
      rows.map(({ file }) => file).filter((file) => !this.#hasWriter(file, nowMs)),
      true,
    );
  }

  /** Removes old files that no row speaks of. */
  async sweepOrphans(nowMs: number): Promise<void> {
    for (const name of await readdir(this.#folder)) {
      const file = name.endsWith(TEMPORARY) ? name.slice(0, -TEMPORARY.length) : name;
      const info = await stat(join(this.#folder, name)).catch(() => undefined);
      if (info === undefined || nowMs - info.mtimeMs < ORPHAN_AGE_MS || this.#state(file) !== undefined) continue;
      await this.remove([file], true);
    }
  }

  async #readFile(file: string, bytes: number, checksum: number): Promise<Uint8Array | string> {
    try {
      return await readIntact(join(this.#folder, file), bytes, checksum);
    } catch (error) {
      throw storageError(error, this.#database);
    }
  }

  #doom(files: string[]): string[] {
    for (const file of files) {
      this.#database.run("UPDATE snapshots SET state = 'doomed', owner = ? WHERE file = ?", this.#owner.name, file);
    }
    return files;
  }

  /** Newest first. */
  #kept(log: number): SnapshotRow[] {
    return this.#database.all<SnapshotRow>(
      "SELECT file, version, epoch, bytes, crc32 FROM snapshots WHERE log = ? AND state = 'kept' ORDER BY version DESC",
      log,
    );
  }

  #state(file: string): string | undefined {
    return this.#database.get<{ state: string }>("SELECT state FROM snapshots WHERE file = ?", file)?.state;
  }

  #hasWriter(file: string, nowMs: number): boolean {
    const row = this.#database.get<{ owner: string; created_ms: number }>(
      "SELECT owner, created_ms FROM snapshots WHERE file = ?",
      file,
    );
    return row !== undefined && this.#owner.isAlive(row.owner, row.created_ms, nowMs);
  }
}
