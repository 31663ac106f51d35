import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import {
  SottoError,
  StorageCorruptError,
  StorageNewerFormatError,
  StorageReadOnlyError,
  StorageUnavailableError,
} from "../../errors/index.ts";
import { assertComplete, hasCompany, hasWriteAheadLog, markClosed, markInUse } from "./in-use-mark.ts";
import { formatOf, type Migration, migrations } from "./migrations.ts";
import type { WorkerOptions } from "./protocol.ts";
import { APPLICATION_ID } from "./schema.ts";
import { isBusy, storageError } from "./sqlite-error.ts";
import { isOnReadOnlyFileSystem } from "./store-place.ts";

/** The write-ahead log is cut back to this after a checkpoint. */
const JOURNAL_BYTES = 64 * 1024 * 1024;

/** One connection, for the worker thread only: every call blocks. */
export class Database {
  readonly name: string;
  readonly file: string;
  readonly busyTimeoutMs: number;
  readonly #sqlite: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #steps: readonly Migration[];
  readonly #readOnly: boolean;

  /** `steps`: those of the format, another list for tests. */
  constructor(options: WorkerOptions, steps: readonly Migration[] = migrations) {
    this.name = options.name;
    this.file = options.file;
    this.busyTimeoutMs = options.busyTimeoutMs;
    this.#steps = steps;
    this.#readOnly = options.readOnly === true;
    const hadCompany = hasCompany(options.file);
    const hadLog = hasWriteAheadLog(options.file);
    try {
      this.#sqlite = this.#readOnly ? openReadOnly(options, hadLog) : new DatabaseSync(options.file);
    } catch (error) {
      throw storageError(error, this);
    }
    try {
      this.#sqlite.exec(`PRAGMA busy_timeout = ${this.busyTimeoutMs}`);
      // In one transaction: what one reads first and last is then from before or from after another process made the store.
      const format = this.transaction("read", () => this.#format());
      if (this.#readOnly) {
        if (format !== formatOf(steps))
          throw new StorageReadOnlyError(this.name, `its format ${format} is an earlier one`);
        return;
      }
      this.#configure(options.maxPages);
      if (format < formatOf(steps)) this.#migrate();
      if (format > 0) assertComplete(this, hadCompany);
      markInUse(this);
    } catch (error) {
      this.#sqlite.close();
      throw storageError(error, this);
    }
  }

  /** Runs `sql` with `values`; answers how many rows it changed. */
  run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#prepare(sql).run(...values).changes);
  }

  /** The first row, of the shape that the caller knows its query to have. */
  get<Row extends object>(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#prepare(sql).get(...values) as Row | undefined;
  }

  all<Row extends object>(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#prepare(sql).all(...values) as Row[];
  }

  /** All of `work` or nothing of it. A write transaction holds the lock that keeps all other writers out. */
  transaction<T>(mode: "read" | "write", work: () => T): T {
    try {
      this.run(mode === "write" ? "BEGIN IMMEDIATE" : "BEGIN");
    } catch (error) {
      throw storageError(error, this);
    }
    try {
      const result = work();
      this.run("COMMIT");
      return result;
    } catch (error) {
      this.#rollBack();
      throw storageError(error, this);
    }
  }

  /** Within a transaction: what `work` wrote is undone when it throws an error of this package. */
  isolated<T>(work: () => T): T {
    this.run("SAVEPOINT isolated");
    try {
      const result = work();
      this.run("RELEASE isolated");
      return result;
    } catch (error) {
      if (SottoError.isInstance(error)) {
        this.run("ROLLBACK TO isolated");
        this.run("RELEASE isolated");
      }
      throw error;
    }
  }

  /** Moves all of the write-ahead log into the database and empties it. False when another connection is reading it. */
  emptyWriteAheadLog(): boolean {
    // Without waiting: the caller has appends to serve in between.
    this.run("PRAGMA busy_timeout = 0");
    try {
      return this.get<{ busy: number }>("PRAGMA wal_checkpoint(TRUNCATE)")?.busy === 0;
    } catch (error) {
      if (isBusy(error)) return false;
      throw storageError(error, this);
    } finally {
      this.run(`PRAGMA busy_timeout = ${this.busyTimeoutMs}`);
    }
  }

  /** Moves what it can of the write-ahead log into the database, and waits for nobody. */
  checkpoint(): void {
    try {
      this.run("PRAGMA wal_checkpoint(PASSIVE)");
    } catch {
      // It is done again by and by.
    }
  }

  counter(name: "dead_bytes" | "moved" | "in_use"): number {
    return this.get<{ value: number }>("SELECT value FROM counters WHERE name = ?", name)?.value ?? 0;
  }

  /** Gives the space of dead batches back for reuse. Needs `vacuum` before the next erase is complete. */
  reclaim(): void {
    this.transaction("write", () => {
      this.run("DELETE FROM batches WHERE dead = 1");
      this.run("UPDATE counters SET value = (name = 'moved') WHERE name <> 'in_use'");
    });
  }

  /** Writes the database anew, without what moved rows left where they were. False when another connection is at work. */
  vacuum(): boolean {
    try {
      this.run("VACUUM");
      this.run("UPDATE counters SET value = 0 WHERE name = 'moved'");
      return true;
    } catch (error) {
      if (isBusy(error)) return false;
      throw storageError(error, this);
    }
  }

  /** Grows with every commit of another connection. */
  dataVersion(): number {
    return this.get<{ data_version: number }>("PRAGMA data_version")?.data_version ?? 0;
  }

  bytes(): number {
    const pages = this.get<{ page_count: number }>("PRAGMA page_count")?.page_count ?? 0;
    return pages * (this.get<{ page_size: number }>("PRAGMA page_size")?.page_size ?? 0);
  }

  close(): void {
    if (!this.#readOnly) markClosed(this);
    this.#statements.clear();
    this.#sqlite.close();
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#sqlite.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #rollBack(): void {
    try {
      this.run("ROLLBACK");
    } catch {
      // SQLite has rolled back by itself, as it does when the disk is full.
    }
  }

  #configure(maxPages: number | undefined): void {
    this.#useWriteAheadLog();
    this.#sqlite.exec(`
      PRAGMA synchronous = FULL;
      PRAGMA secure_delete = ON;
      PRAGMA foreign_keys = ON;
      PRAGMA journal_size_limit = ${JOURNAL_BYTES};
      ${maxPages === undefined ? "" : `PRAGMA max_page_count = ${maxPages};`}
    `);
  }

  /** Several processes that make the store at once get in each other's way here, and SQLite does not wait. */
  #useWriteAheadLog(): void {
    const pause = new Int32Array(new SharedArrayBuffer(4));
    for (let waitedMs = 0; ; waitedMs += 10) {
      try {
        const mode = this.#sqlite.prepare("PRAGMA journal_mode = WAL").get()?.journal_mode;
        if (mode === "wal") return;
        throw new StorageUnavailableError(this.name, `its file system does not allow a write-ahead log (mode ${mode})`);
      } catch (error) {
        if (!isBusy(error) || waitedMs >= this.busyTimeoutMs) throw error;
        Atomics.wait(pause, 0, 0, 10);
      }
    }
  }

  /** Refuses what is not a store or a newer one, before anything is changed in it. 0 for one that has to be made. */
  #format(): number {
    const pragma = (name: string) => Number(this.#sqlite.prepare(`PRAGMA ${name}`).get()?.[name]);
    if (pragma("application_id") === APPLICATION_ID) {
      const format = pragma("user_version");
      const newest = formatOf(this.#steps);
      if (format > newest) throw new StorageNewerFormatError(`The store ${this.name}`, format, newest);
      if (format < 1) throw new StorageCorruptError(`The store ${this.name}`, `its format is ${format}`);
      return format;
    }
    if (this.get("SELECT 1 FROM sqlite_schema") !== undefined) {
      throw new StorageUnavailableError(this.name, "it is a SQLite database of another program");
    }
    return 0;
  }

  /** Takes the steps that the store lacks, each in a transaction of its own. */
  #migrate(): void {
    for (const { to, run } of this.#steps) {
      this.transaction("write", () => {
        // Another process may have taken it since.
        if (this.#format() >= to) return;
        run(this.#sqlite);
        this.#sqlite.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${to}`);
      });
    }
  }
}

/**
 * With nothing written beside it where the file system allows no writing: then nobody else writes either, and SQLite need not
 * look out for them.
 */
function openReadOnly({ file, name }: WorkerOptions, hadLog: boolean): DatabaseSync {
  if (!isOnReadOnlyFileSystem(file)) return new DatabaseSync(file, { readOnly: true });
  if (hadLog)
    throw new StorageReadOnlyError(
      name,
      "its write-ahead log has writes in it that were never moved into it: open and close it once where it can be written",
    );
  return new DatabaseSync(`${pathToFileURL(file).href}?immutable=1`, { readOnly: true });
}
