import { ClosedError } from "../../errors/closed-error.ts";
import { hasCode } from "../../errors/sotto-error.ts";
import type { Log, LogBatch } from "../../storage/storage.ts";
import { SearchIndex } from "../search-index/search-index.ts";
import { packSections, unpackSections } from "../search-index/snapshot-format.ts";
import type { IndexSettings } from "./index-settings.ts";
import { decodeChange, encodeChange, type IndexChange, writtenAt } from "./record-codec.ts";
import type { AppendChangesOptions, AppliedChanges, StoredIndexOptions } from "./stored-index-options.ts";

export type { AppendChangesOptions, AppliedChanges, EventFold, StoredIndexOptions } from "./stored-index-options.ts";

/** A snapshot is written after so many changes since the last, or a tenth of the index's documents if that is more. */
const SNAPSHOT_AFTER_CHANGES = 2_000;
const READ_BATCHES = 1_000;

interface Counts {
  added: number;
  updated: number;
  deleted: number;
}

/** An index that lives in a log: loading is snapshot and tail, refreshing is the tail, writing is an append that is then folded in, in the log's order. */
export class StoredIndex {
  readonly log: Log;
  readonly #options: StoredIndexOptions;
  #index: SearchIndex | undefined;
  #settings: IndexSettings | undefined;
  #version = 0;
  #epoch = 0;
  /** Own batches that wait for batches of others before them. */
  #pending = new Map<number, { changes: readonly IndexChange[]; counts: Counts; at: number }>();
  #updatedAt = 0;
  #appending = 0;
  /** What batches changed that were read back from the log before their own append had resolved. */
  #readBack = new Map<number, Counts>();
  #refreshing: Promise<void> | undefined;
  #maintaining: Promise<void> | undefined;
  #changesSinceSnapshot = 0;
  #wrote = false;
  #unwatch: (() => void) | undefined;
  #closed = false;

  private constructor(options: StoredIndexOptions) {
    this.#options = options;
    this.log = options.log;
  }

  static async open(options: StoredIndexOptions): Promise<StoredIndex> {
    const stored = new StoredIndex(options);
    await stored.#load();
    if (stored.#settings === undefined && options.settings !== undefined) await stored.#writeSettings(options.settings);
    if (options.autoRefresh !== false) {
      stored.#unwatch = options.log.watch(() => {
        stored
          .refresh()
          .catch((error: unknown) =>
            options.logger.warn("an index could not be refreshed", { key: stored.log.key, error: String(error) }),
          );
      });
    }
    return stored;
  }

  /** Undefined while nothing was ever written. */
  get settings(): IndexSettings | undefined {
    return this.#settings;
  }
  get index(): SearchIndex {
    if (this.#closed || this.#index === undefined) throw new ClosedError(`The index of ${this.log.key}`);
    return this.#index;
  }
  get version(): number {
    return this.#version;
  }
  get epoch(): number {
    return this.#epoch;
  }
  /** Newest time of writing among the changes, milliseconds since the epoch. */
  get updatedAt(): number {
    return this.#updatedAt;
  }
  get closed(): boolean {
    return this.#closed;
  }

  /**
   * Appends one batch and folds it in. Resolves when it is durable (see `durability`) and searchable. With `queued` it
   * is searchable at once and folded again, without effect, when the log hands it back.
   */
  async append(changes: readonly IndexChange[], options: AppendChangesOptions = {}): Promise<AppliedChanges> {
    this.#assertOpen();
    this.#appending++;
    this.#wrote = true;
    try {
      const at = this.#options.clock.now();
      const result = await this.log.append(
        changes.map((change) => encodeChange(change, at)),
        options,
      );
      if (result.duplicate) {
        await this.refresh();
        return { version: result.version ?? this.#version, ...noChange(), duplicate: true };
      }
      return { ...(await this.#foldOwn(changes, result.version, at)), duplicate: false };
    } finally {
      if (--this.#appending === 0) this.#readBack.clear();
    }
  }

  async #foldOwn(
    changes: readonly IndexChange[],
    version: number | undefined,
    at: number,
  ): Promise<Counts & { version: number }> {
    const counts = noChange();
    if (version === undefined) {
      for (const change of changes) this.#apply(change, counts);
      return { version: this.#version, ...counts };
    }
    const readBack = this.#readBack.get(version);
    if (readBack !== undefined) return { version, ...readBack };
    this.#pending.set(version, { changes, counts, at });
    this.#drain();
    if (this.#version < version) await this.#catchUpTo(version);
    this.#maintain();
    return { version, ...counts };
  }

  /** Catches up with what others wrote. Concurrent calls are one; a call that comes during one runs once more after it. */
  refresh(): Promise<void> {
    this.#assertOpen();
    const running = this.#refreshing;
    if (running !== undefined) return running.then(() => (this.#closed ? undefined : this.#startRefresh()));
    return this.#startRefresh();
  }

  /**
   * Takes records out of history for good: documents with these ids leave the index, their texts leave the log and every
   * snapshot. Resolves when the bytes are gone.
   */
  async erase(ids: readonly string[]): Promise<{ erased: number }> {
    for (;;) {
      await this.refresh();
      for (const id of ids) this.#apply({ type: "erased", id }, noChange());
      this.index.compact();
      const snapshot = { version: this.#version, data: this.#snapshotBytes() };
      try {
        const { epoch, erased } = await this.log.erase(ids, { snapshot, epoch: this.#epoch });
        this.#epoch = epoch;
        this.#changesSinceSnapshot = 0;
        await this.refresh();
        return { erased };
      } catch (error) {
        // Another holder erased in between: this snapshot could bring back what it took out.
        await this.#load();
        if (!hasCode(error, "storage.compacted")) throw error;
      }
    }
  }

  /** Writes a snapshot of what is folded in, and drops the part of the log that two snapshots cover. */
  async writeSnapshot(): Promise<void> {
    this.#assertOpen();
    this.#changesSinceSnapshot = 0;
    const snapshot = { version: this.#version, epoch: this.#epoch, data: this.#snapshotBytes() };
    if (snapshot.version === 0) return;
    await this.log.writeSnapshot(snapshot);
    await this.log.truncate({ before: snapshot.version });
  }

  /** A snapshot when there is enough new in the log that loading would feel it. */
  async snapshotIfMuchChanged(): Promise<void> {
    if (this.#changesSinceSnapshot >= SNAPSHOT_AFTER_CHANGES / 2) await this.writeSnapshot();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#unwatch?.();
    await this.#maintaining?.catch(() => undefined);
    // A holder that wrote leaves a short log, so that the next one loads fast.
    if (this.#wrote) {
      await this.snapshotIfMuchChanged().catch((error: unknown) =>
        this.#options.logger.warn("a snapshot could not be written", { key: this.log.key, error: String(error) }),
      );
    }
    await this.#refreshing?.catch(() => undefined);
    this.#closed = true;
    this.#index?.dispose();
    this.#index = undefined;
  }

  #startRefresh(): Promise<void> {
    const run = this.#readOn().finally(() => {
      if (this.#refreshing === run) this.#refreshing = undefined;
    });
    this.#refreshing = run;
    return run;
  }

  async #catchUpTo(version: number): Promise<void> {
    while (this.#version < version && !this.#closed) await this.refresh();
  }

  async #readOn(): Promise<void> {
    for (;;) {
      let batches: LogBatch[];
      try {
        batches = await this.log.read({ after: this.#version, epoch: this.#epoch, limit: READ_BATCHES });
      } catch (error) {
        if (!hasCode(error, "storage.compacted")) throw error;
        await this.#load();
        continue;
      }
      if (this.#closed) return;
      for (const batch of batches) this.#foldBatch(batch);
      this.#drain();
      if (batches.length < READ_BATCHES) return;
    }
  }

  /** Reads snapshot and tail first and folds them in one step, so that searches never see half of it. */
  async #load(): Promise<void> {
    for (;;) {
      const snapshot = await this.log.readSnapshot();
      const { epoch } = await this.log.head();
      if (snapshot !== undefined && snapshot.epoch !== epoch) continue;
      try {
        const tail = await this.#readTail(snapshot?.version ?? 0, epoch);
        if (this.#closed) return;
        this.#restore(snapshot?.data);
        this.#version = snapshot?.version ?? 0;
        this.#epoch = epoch;
        for (const batch of tail) this.#foldBatch(batch);
        this.#drain();
        return;
      } catch (error) {
        if (!hasCode(error, "storage.compacted")) throw error;
      }
    }
  }

  async #readTail(after: number, epoch: number): Promise<LogBatch[]> {
    const tail: LogBatch[] = [];
    for (let version = after; ; version = (tail.at(-1) as LogBatch).version) {
      const batches = await this.log.read({ after: version, epoch, limit: READ_BATCHES });
      for (const batch of batches) tail.push(batch);
      if (batches.length < READ_BATCHES) return tail;
    }
  }

  #restore(data: Uint8Array | undefined): void {
    this.#index?.dispose();
    this.#index = undefined;
    this.#settings = undefined;
    this.#options.fold?.reset();
    this.#changesSinceSnapshot = 0;
    if (data === undefined) {
      if (this.#options.settings !== undefined) this.#index = this.#newIndex(this.#options.settings.dimensions);
      return;
    }
    const where = `The snapshot of ${this.log.key}`;
    const { state, index } = unpackSections(data, where);
    const { settings, updatedAt, events } = JSON.parse(new TextDecoder().decode(state?.[0])) as {
      settings?: IndexSettings;
      updatedAt: number;
      events?: unknown;
    };
    this.#updatedAt = updatedAt;
    this.#settings = settings;
    const dimensions = settings?.dimensions ?? this.#options.settings?.dimensions;
    if (dimensions !== undefined) {
      this.#index = SearchIndex.fromBytes(
        { arena: this.#options.arena(), dimensions, ...this.#options.bm25 },
        index?.[0] as Uint8Array,
        where,
      );
    }
    if (events !== undefined) this.#options.fold?.fromJSON(events);
  }

  #snapshotBytes(): Uint8Array {
    const state = new TextEncoder().encode(
      JSON.stringify({ settings: this.#settings, updatedAt: this.#updatedAt, events: this.#options.fold?.toJSON() }),
    );
    return packSections({ state: [state], index: [this.index.toBytes()] });
  }

  async #writeSettings(settings: IndexSettings): Promise<void> {
    try {
      await this.append([{ type: "settings", settings, reset: false }], { expectedVersion: 0 });
    } catch (error) {
      if (!hasCode(error, "storage.version_conflict")) throw error;
      await this.refresh();
    }
  }

  #foldBatch(batch: LogBatch): void {
    if (batch.version <= this.#version) return;
    const own = this.#pending.get(batch.version);
    this.#pending.delete(batch.version);
    const counts = own?.counts ?? noChange();
    if (own === undefined && this.#appending > 0) this.#readBack.set(batch.version, counts);
    for (const record of batch.records) this.#apply(decodeChange(record, `The log ${this.log.key}`), counts);
    this.#advance(
      batch.version,
      batch.records.length,
      batch.records[0] === undefined ? 0 : writtenAt(batch.records[0]),
    );
  }

  /** Folds in own batches as far as there is no gap before them. */
  #drain(): void {
    for (;;) {
      const next = this.#pending.get(this.#version + 1);
      if (next === undefined) break;
      this.#pending.delete(this.#version + 1);
      for (const change of next.changes) this.#apply(change, next.counts);
      this.#advance(this.#version + 1, next.changes.length, next.at);
    }
    for (const version of this.#pending.keys()) if (version <= this.#version) this.#pending.delete(version);
  }

  #advance(version: number, changes: number, at: number): void {
    this.#version = version;
    this.#updatedAt = Math.max(this.#updatedAt, at);
    this.#changesSinceSnapshot += changes;
  }

  #apply(change: IndexChange, counts: Counts): void {
    switch (change.type) {
      case "settings":
        this.#settings = change.settings;
        if (change.reset || this.#index === undefined || this.#index.dimensions !== change.settings.dimensions) {
          this.#index?.dispose();
          this.#index = this.#newIndex(change.settings.dimensions);
        }
        return;
      case "put":
        counts[this.index.put(change.document, change.vector)]++;
        return;
      case "delete":
        if (this.index.delete(change.id)) counts.deleted++;
        return;
      case "event":
        this.#options.fold?.apply(change.event, change.id);
        return;
      case "erased":
        if (this.#index?.delete(change.id)) counts.deleted++;
        this.#options.fold?.erased(change.id);
        return;
    }
  }

  #newIndex(dimensions: number): SearchIndex {
    return new SearchIndex({ arena: this.#options.arena(), dimensions, ...this.#options.bm25 });
  }

  /** Snapshots in the background once enough has changed. */
  #maintain(): void {
    if (this.#maintaining !== undefined) return;
    if (this.#changesSinceSnapshot < Math.max(SNAPSHOT_AFTER_CHANGES, this.index.documents.size / 10)) return;
    this.#maintaining = this.writeSnapshot()
      .catch((error: unknown) =>
        this.#options.logger.warn("a snapshot could not be written", { key: this.log.key, error: String(error) }),
      )
      .finally(() => {
        this.#maintaining = undefined;
      });
  }

  #assertOpen(): void {
    if (this.#closed) throw new ClosedError(`The index of ${this.log.key}`);
  }
}

function noChange(): Counts {
  return { added: 0, updated: 0, deleted: 0 };
}
