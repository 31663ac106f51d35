import {
  StorageCompactedError,
  StorageSnapshotRequiredError,
  StorageVersionConflictError,
} from "../../errors/index.ts";
import { checkConditions, checkSnapshotNotAhead } from "../arguments.ts";
import type { AppendOptions, LogBatch, LogHead, LogRecord, Snapshot } from "../storage.ts";

const EMPTY = new Uint8Array(0);

/** One log in memory, shared by all handles of its key. Its callers copy what goes in and out. */
export class LogState {
  readonly key: string;
  version = 0;
  base = 0;
  epoch = 1;
  /** In version order; the first is of version `base + 1`. */
  batches: LogBatch[] = [];
  /** The two newest, oldest first. */
  snapshots: Snapshot[] = [];
  readonly listeners = new Set<{ holder: object; listener: () => void }>();
  readonly #idempotencyKeys = new Map<string, number>();

  constructor(key: string) {
    this.key = key;
  }

  append(
    records: LogRecord[],
    { expectedVersion, epoch, onlyIf, idempotencyKey }: AppendOptions,
    headOf: (key: string) => LogHead,
  ): { version: number; duplicate: boolean } {
    if (epoch !== undefined && epoch !== this.epoch) throw this.#compacted(this.version);
    checkConditions(this.key, onlyIf, headOf);
    const seen = idempotencyKey === undefined ? undefined : this.#idempotencyKeys.get(idempotencyKey);
    if (seen !== undefined) return { version: seen, duplicate: true };
    if (expectedVersion !== undefined && expectedVersion !== this.version) {
      throw new StorageVersionConflictError(this.key, expectedVersion, this.version);
    }
    this.version += 1;
    this.batches.push({ version: this.version, records });
    if (idempotencyKey !== undefined) this.#idempotencyKeys.set(idempotencyKey, this.version);
    return { version: this.version, duplicate: false };
  }

  get head(): LogHead {
    return { version: this.version, base: this.base, epoch: this.epoch };
  }

  read(after: number, epoch: number | undefined, limit: number): LogBatch[] {
    if (after < this.base) throw this.#compacted(after);
    if (epoch !== undefined && epoch !== this.epoch) throw this.#compacted(after);
    return this.batches.slice(after - this.base, after - this.base + limit);
  }

  writeSnapshot(snapshot: Snapshot): void {
    this.#checkSnapshot(snapshot.version, snapshot.epoch);
    const others = this.snapshots.filter(({ version }) => version !== snapshot.version);
    this.snapshots = [...others, snapshot].sort((a, b) => a.version - b.version).slice(-2);
  }

  erase(ids: ReadonlySet<string>, epoch?: number, snapshot?: { version: number; data: Uint8Array }): number {
    if (epoch !== undefined && epoch !== this.epoch) throw this.#compacted(this.base);
    if (this.base > 0 && snapshot === undefined) throw new StorageSnapshotRequiredError(this.key, this.base);
    if (snapshot !== undefined) this.#checkSnapshot(snapshot.version, this.epoch);
    let erased = 0;
    for (const record of this.batches.flatMap((batch) => batch.records)) {
      if (record.erased || !ids.has(record.id)) continue;
      record.data.fill(0);
      record.data = EMPTY;
      record.erased = true;
      erased += 1;
    }
    this.epoch += 1;
    this.snapshots = snapshot === undefined ? [] : [{ ...snapshot, epoch: this.epoch }];
    return erased;
  }

  truncate(before: number): number {
    const bound = this.snapshots.length < 2 ? this.base : (this.snapshots[0]?.version ?? this.base);
    const base = Math.max(this.base, Math.min(before, bound));
    this.batches.splice(0, base - this.base);
    this.base = base;
    return base;
  }

  clear(): void {
    this.version = 0;
    this.base = 0;
    this.epoch += 1;
    this.batches = [];
    this.snapshots = [];
    this.#idempotencyKeys.clear();
  }

  /** Wakes every holder but `holder`, after the change that it waits for has resolved. */
  notify(holder?: object): void {
    for (const entry of this.listeners) {
      if (entry.holder !== holder) queueMicrotask(() => this.listeners.has(entry) && entry.listener());
    }
  }

  #checkSnapshot(version: number, epoch: number): void {
    if (epoch !== this.epoch || version < this.base) throw this.#compacted(version);
    checkSnapshotNotAhead(this.key, version, this.version);
  }

  #compacted(after: number): StorageCompactedError {
    return new StorageCompactedError(this.key, after, this.base, this.epoch);
  }
}
