import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { ChangeWatcher } from "./change-watcher.ts";
import { Database } from "./database.ts";
import { deleteLog, erase, reclaimWhenWorthIt } from "./erasure.ts";
import { LogTable } from "./log-table.ts";
import { assertLocalFileSystem } from "./network-file-system.ts";
import { Owner } from "./owner.ts";
import type { GroupedHandlers, LongHandlers, WorkerOptions } from "./protocol.ts";
import { SnapshotTable } from "./snapshot-table.ts";
import { storageError } from "./sqlite-error.ts";

/** An open database with its snapshot folder; it lives in the worker. */
export class Store {
  readonly database: Database;
  readonly logs: LogTable;
  readonly snapshots: SnapshotTable;
  readonly grouped: GroupedHandlers;
  readonly long: LongHandlers;
  readonly #watcher: ChangeWatcher;

  constructor(options: WorkerOptions, reportChanges: (keys: string[]) => void) {
    const folder = `${options.file}-snapshots`;
    try {
      mkdirSync(dirname(options.file), { recursive: true, mode: 0o700 });
      assertLocalFileSystem(dirname(options.file), options);
      this.database = new Database(options);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
    } catch (error) {
      throw storageError(error, options);
    }
    this.logs = new LogTable(this.database);
    this.snapshots = new SnapshotTable(this.database, this.logs, folder, new Owner(options.processToken));
    this.#watcher = new ChangeWatcher(this.database, this.logs, options.pollIntervalMs, reportChanges);
    this.grouped = this.#groupedHandlers();
    this.long = this.#longHandlers(options.nowMs);
  }

  /** Work that nobody waits for. */
  maintain(): void {
    reclaimWhenWorthIt(this);
  }

  #groupedHandlers(): GroupedHandlers {
    return {
      list: ({ prefix }) => this.logs.list(prefix),
      head: ({ key }) => this.logs.head(key),
      append: (input) => this.logs.append(input),
      read: ({ key, after, epoch, limit }) => this.logs.read(key, after, epoch, limit),
      truncate: ({ key, before }) => this.#truncate(key, before),
      flush: () => null,
    };
  }

  #longHandlers(openedMs: number): LongHandlers {
    return {
      open: async () => {
        await this.snapshots.sweep(openedMs);
        await this.snapshots.sweepOrphans(openedMs);
        return null;
      },
      writeSnapshot: async ({ key, snapshot, nowMs }) => {
        const file = await this.snapshots.stage(key, snapshot, nowMs);
        await this.#keepSnapshot(key, file, snapshot.epoch);
        return null;
      },
      readSnapshot: ({ key }) => this.snapshots.read(key),
      erase: (input) => erase(this, input),
      delete: ({ key, nowMs }) => deleteLog(this, key, nowMs),
      watch: async ({ key }) => {
        this.#watcher.watch(key);
        return null;
      },
      unwatch: async ({ key }) => {
        this.#watcher.unwatch(key);
        return null;
      },
      close: async () => {
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
    const log = this.logs.find(key);
    if (log === undefined) return 0;
    const base = Math.max(log.base, Math.min(before, this.snapshots.truncateBound(log.id) ?? log.base));
    if (base === log.base) return base;
    this.database.run("UPDATE logs SET base = ? WHERE id = ?", base, log.id);
    this.logs.dropBatches(log.id, base);
    return base;
  }
}
