import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { StorageReadOnlyError } from "../../errors/index.ts";
import { ChangeWatcher } from "./change-watcher.ts";
import { Database } from "./database.ts";
import { deleteLog, erase, reclaimWhenWorthIt } from "./erasure.ts";
import { LogTable } from "./log-table.ts";
import { assertLocalFileSystem } from "./network-file-system.ts";
import { Owner } from "./owner.ts";
import type { GroupedHandlers, LongHandlers, WorkerOptions } from "./protocol.ts";
import { Purger } from "./purger.ts";
import { SnapshotTable } from "./snapshot-table.ts";
import { storageError } from "./sqlite-error.ts";
import { isOnReadOnlyFileSystem, makePlace, StorePlace } from "./store-place.ts";

/** An open database with its snapshot folder; it lives in the worker. */
export class Store {
  readonly database: Database;
  readonly logs: LogTable;
  readonly snapshots: SnapshotTable;
  readonly grouped: GroupedHandlers;
  readonly long: LongHandlers;
  readonly place: StorePlace;
  readonly purger: Purger;
  readonly #watcher: ChangeWatcher;
  readonly #readOnly: boolean;

  constructor(options: WorkerOptions, reportChanges: (keys: string[]) => void) {
    const folder = `${options.file}-snapshots`;
    try {
      this.#readOnly = options.readOnly === true || isOnReadOnlyFileSystem(options.file);
      if (!this.#readOnly) makePlace(options.file);
      assertLocalFileSystem(dirname(options.file), options);
      this.database = new Database({ ...options, readOnly: this.#readOnly });
      if (!this.#readOnly) mkdirSync(folder, { recursive: true, mode: 0o700 });
    } catch (error) {
      throw storageError(error, options);
    }
    this.place = new StorePlace(options.name, options.file);
    this.logs = new LogTable(this.database);
    this.purger = new Purger(this.database);
    this.snapshots = new SnapshotTable(this.database, this.logs, folder, new Owner(options.processToken));
    this.#watcher = new ChangeWatcher(this.database, this.logs, options.pollIntervalMs, reportChanges);
    this.grouped = this.#groupedHandlers();
    this.long = this.#longHandlers(options.nowMs);
  }

  /** Work that nobody waits for. */
  maintain(): void {
    if (!this.#readOnly) reclaimWhenWorthIt(this);
  }

  get readOnly(): boolean {
    return this.#readOnly;
  }

  /** Before anything is written. */
  assertWritable(): void {
    if (this.#readOnly) throw new StorageReadOnlyError(this.database.name, "nothing can be written to it");
  }

  #groupedHandlers(): GroupedHandlers {
    return {
      list: ({ prefix }) => this.logs.list(prefix),
      head: ({ key }) => this.logs.head(key),
      append: (input) => {
        this.assertWritable();
        return this.logs.append(input);
      },
      read: ({ key, after, epoch, limit }) => this.logs.read(key, after, epoch, limit),
      truncate: ({ key, before }) => this.#truncate(key, before),
      flush: () => null,
    };
  }

  #longHandlers(openedMs: number): LongHandlers {
    return {
      open: async () => {
        if (this.#readOnly) return null;
        await this.snapshots.sweep(openedMs);
        await this.snapshots.sweepOrphans(openedMs);
        return null;
      },
      writeSnapshot: async ({ key, snapshot, nowMs }) => {
        this.assertWritable();
        this.place.assertSame();
        const file = await this.snapshots.stage(key, snapshot, nowMs);
        await this.#keepSnapshot(key, file, snapshot.epoch);
        return null;
      },
      readSnapshot: ({ key }) => this.snapshots.read(key),
      erase: async (input) => {
        this.assertWritable();
        this.place.assertSame();
        return erase(this, input);
      },
      delete: async ({ key, nowMs }) => {
        this.assertWritable();
        this.place.assertSame();
        return deleteLog(this, key, nowMs);
      },
      watch: async ({ key }) => {
        this.#watcher.watch(key);
        return null;
      },
      unwatch: async ({ key }) => {
        this.#watcher.unwatch(key);
        return null;
      },
      pendingErasure: async () => this.purger.pending ?? null,
      close: async () => {
        this.purger.stop();
        this.#watcher.stop();
        this.database.close();
        return null;
      },
    };
  }

  async #keepSnapshot(key: string, file: string, epoch: number): Promise<void> {
    let doomed: string[];
    try {
      doomed = this.database.transaction("write", () => {
        this.snapshots.keep(key, file, epoch);
        return this.snapshots.doomOlder(this.logs.find(key)?.id ?? 0, file);
      });
    } catch (error) {
      await this.snapshots.discard(file);
      throw error;
    }
    await this.snapshots.remove(doomed, false);
  }

  #truncate(key: string, before: number): number {
    this.assertWritable();
    const log = this.logs.find(key);
    if (log === undefined) return 0;
    const base = Math.max(log.base, Math.min(before, this.snapshots.truncateBound(log.id) ?? log.base));
    if (base === log.base) return base;
    this.database.run("UPDATE logs SET base = ? WHERE id = ?", base, log.id);
    this.logs.dropBatches(log.id, base);
    return base;
  }
}
