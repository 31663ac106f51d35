import type { LogHead } from "../storage.ts";
import type { Database } from "./database.ts";
import type { LogTable } from "./log-table.ts";

/** Notices what other connections do to watched logs: asks SQLite every `intervalMs`, while a log is watched. */
export class ChangeWatcher {
  readonly #database: Database;
  readonly #logs: LogTable;
  readonly #intervalMs: number;
  readonly #report: (keys: string[]) => void;
  readonly #heads = new Map<string, LogHead>();
  #dataVersion = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(database: Database, logs: LogTable, intervalMs: number, report: (keys: string[]) => void) {
    this.#database = database;
    this.#logs = logs;
    this.#intervalMs = intervalMs;
    this.#report = report;
  }

  watch(key: string): void {
    if (this.#heads.size === 0) {
      this.#dataVersion = this.#database.dataVersion();
      this.#timer = setInterval(() => this.#poll(), this.#intervalMs).unref();
    }
    this.#heads.set(key, this.#logs.head(key));
  }

  unwatch(key: string): void {
    this.#heads.delete(key);
    if (this.#heads.size === 0) this.stop();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#heads.clear();
  }

  #poll(): void {
    try {
      const dataVersion = this.#database.dataVersion();
      if (dataVersion === this.#dataVersion) return;
      const changed = [...this.#heads].filter(([key, head]) => this.#refresh(key, head)).map(([key]) => key);
      this.#dataVersion = dataVersion;
      if (changed.length > 0) this.#report(changed);
    } catch {
      // Busy, or worse: the next poll tries again, and the next call on the store says what is wrong.
    }
  }

  #refresh(key: string, before: LogHead): boolean {
    const head = this.#logs.head(key);
    this.#heads.set(key, head);
    return head.version !== before.version || head.base !== before.base || head.epoch !== before.epoch;
  }
}
