import { ClosedError, codeOf, hasCode } from "../../errors/index.ts";
import { nextTurn, type Steps, takeAll, takeInTurns } from "../../steps.ts";
import type { Log, LogBatch, LogRecord, Snapshot } from "../../storage/index.ts";
import { parseKey } from "../../storage/index.ts";
import { inSpan } from "../../telemetry/index.ts";
import type { SearchIndex } from "../search/index.ts";
import { type Counts, FoldedIndex, noChange } from "./folded-index.ts";
import type { IndexSettings } from "./index-settings.ts";
import { decodeChange, type IndexChange, RecordEncoder, writtenAt } from "./record-codec.ts";
import type { AppendChangesOptions, AppliedChanges, StoredIndexOptions } from "./stored-index-options.ts";

export type { AppendChangesOptions, AppliedChanges, EventFold, StoredIndexOptions } from "./stored-index-options.ts";

/** A snapshot is written after so many changes since the last, or a tenth of the index's documents if that is more. */
const SNAPSHOT_AFTER_CHANGES = 5_000;
/** Whoever is done with an index writes one for so many, which a load would otherwise spend some 30 ms on. */
const SNAPSHOT_WHEN_DONE_AFTER_CHANGES = 1_000;
const READ_BATCHES = 1_000;
/** More changes than this are encoded and folded in slices of so many (a few milliseconds each), between which the event loop runs on. */
const SLICE = 128;

/** An index that lives in a log: loading is snapshot and tail, refreshing is the tail, writing is an append that is then folded in, in the log's order. */
export class StoredIndex {
  readonly log: Log;
  readonly #options: StoredIndexOptions;
  readonly #folded: FoldedIndex;
  /** The index is being changed or saved in slices, and nothing else may change it meanwhile; resolves when that is over. */
  #busy: Promise<void> | undefined;
  #version = 0;
  #epoch = 0;
  /** Own batches that wait for batches of others before them. */
  #pending = new Map<number, { changes: readonly IndexChange[]; counts: Counts; at: number }>();
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
    this.#folded = new FoldedIndex(options);
  }

  static open(options: StoredIndexOptions): Promise<StoredIndex> {
    const key = parseKey(options.log.key);
    const attributes =
      key?.kind === "index"
        ? { "sotto.kind": key.kind, "sotto.index": key.index }
        : { "sotto.kind": key?.kind === "user" ? key.log : key?.kind };
    return inSpan(
      "sotto.load",
      attributes,
      () => StoredIndex.#open(options),
      (stored) => ({ "sotto.version": stored.version, "sotto.documents": stored.#folded.index?.documents.size ?? 0 }),
    );
  }

  static async #open(options: StoredIndexOptions): Promise<StoredIndex> {
    const stored = new StoredIndex(options);
    await stored.#loadFirst();
    if (options.autoRefresh !== false) stored.#watch();
    try {
      await stored.refresh();
    } catch (error) {
      stored.#unwatch?.();
      stored.#folded.dispose();
      throw error;
    }
    return stored;
  }

  /** Those of the log, else those that its first batch will write; undefined without either. */
  get settings(): IndexSettings | undefined {
    return this.#folded.settings ?? this.#options.settings;
  }
  /** Nothing was ever written, or all of it was deleted. */
  get isEmpty(): boolean {
    return this.#folded.settings === undefined;
  }
  get index(): SearchIndex {
    const { index } = this.#folded;
    if (this.#closed || index === undefined) throw new ClosedError(`The index of ${this.log.key}`);
    return index;
  }
  get version(): number {
    return this.#version;
  }
  get epoch(): number {
    return this.#epoch;
  }
  /** Newest time of writing among the changes, milliseconds since the epoch. */
  get updatedAt(): number {
    return this.#folded.updatedAt;
  }
  get closed(): boolean {
    return this.#closed;
  }

  /**
   * Appends one batch and folds it in; the first one of a log writes its settings, too. Throws `storage.compacted`, with
   * what there is now folded in, when the log was deleted meanwhile; after an erase it is tried again. Resolves when it is durable (see `durability`) and searchable; a search meanwhile
   * may find a part of a large one. With `queued` it is searchable at once and folded again, without effect, when the log
   * hands it back.
   */
  async append(changes: readonly IndexChange[], options: AppendChangesOptions = {}): Promise<AppliedChanges> {
    this.#assertOpen();
    this.#appending++;
    this.#wrote = true;
    try {
      for (;;) {
        const { isEmpty } = this;
        try {
          return await this.#appendOnce(changes, options);
        } catch (error) {
          if (!hasCode(error, "storage.compacted")) throw error;
          await this.refresh();
          if (isEmpty || this.isEmpty) throw error;
        }
      }
    } finally {
      if (--this.#appending === 0) this.#readBack.clear();
    }
  }

  async #appendOnce(given: readonly IndexChange[], options: AppendChangesOptions): Promise<AppliedChanges> {
    const { settings } = this.#options;
    const changes: readonly IndexChange[] =
      this.isEmpty && settings !== undefined && given[0]?.type !== "settings"
        ? [{ type: "settings", settings, reset: false }, ...given]
        : given;
    const at = this.#options.clock.now();
    const encoder = new RecordEncoder(at, changes.length);
    const records: LogRecord[] = [];
    for (const change of changes) {
      if (records.length > 0 && records.length % SLICE === 0) await nextTurn();
      records.push(encoder.encode(change));
    }
    const result = await this.log.append(records, { ...options, epoch: this.#epoch });
    if (result.duplicate) {
      await this.refresh();
      return { version: result.version ?? this.#version, ...noChange(), duplicate: true };
    }
    const folded = await this.#foldOwn(changes, result.version, at);
    const { committed } = result;
    if (committed === undefined) return { ...folded, duplicate: false };
    committed.catch(() => this.#takeBack());
    return { ...folded, duplicate: false, committed };
  }

  /** What was queued and then refused is searched no longer. */
  async #takeBack(): Promise<void> {
    if (this.#closed) return;
    await this.#load().catch((error: unknown) =>
      this.#options.logger.warn("an index could not be read anew", { key: this.log.key, error: codeOf(error) }),
    );
  }

  /** Writes the settings that `open` was given, where the log has none. */
  async create(): Promise<void> {
    if (!this.isEmpty || this.#options.settings === undefined) return;
    try {
      await this.append([], { expectedVersion: 0 });
    } catch (error) {
      if (!hasCode(error, "storage.version_conflict")) throw error;
      await this.refresh();
    }
  }

  async #foldOwn(
    changes: readonly IndexChange[],
    version: number | undefined,
    at: number,
  ): Promise<Counts & { version: number }> {
    while (this.#busy !== undefined) await this.#busy;
    const counts = noChange();
    if (version === undefined) {
      for (const change of changes) this.#folded.apply(change, counts);
      this.#folded.endBatch(at);
      return { version: this.#version, ...counts };
    }
    const readBack = this.#readBack.get(version);
    if (readBack !== undefined) return { version, ...readBack };
    this.#pending.set(version, { changes, counts, at });
    const folding = this.#take(this.#drain());
    if (folding !== undefined) await folding;
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
      const snapshot = await this.#exclusively(async () => {
        for (const id of ids) this.#folded.apply({ type: "erased", id }, noChange());
        return { version: this.#version, data: await takeInTurns(this.#folded.toBytes()) };
      });
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
    if (this.#version === 0) return;
    const snapshot = await this.#exclusively(async () => {
      this.#assertOpen();
      this.#changesSinceSnapshot = 0;
      const data = await takeInTurns(this.#folded.toBytes());
      return { version: this.#version, epoch: this.#epoch, data };
    });
    await this.log.writeSnapshot({ ...snapshot, givenAway: true });
    await this.log.truncate({ before: snapshot.version });
  }

  /** A snapshot when there is enough new in the log that loading would feel it. */
  async snapshotIfMuchChanged(): Promise<void> {
    if (this.#changesSinceSnapshot >= SNAPSHOT_WHEN_DONE_AFTER_CHANGES) await this.writeSnapshot();
  }

  /** What the index holds, and a section `state` of the caller's, as one buffer for `unpackSections`; changes wait meanwhile. */
  pack(state: Uint8Array): Promise<Uint8Array> {
    return this.#exclusively(async () => {
      this.#assertOpen();
      return takeInTurns(this.#folded.pack(state));
    });
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
    while (this.#busy !== undefined) await this.#busy;
    this.#closed = true;
    this.#folded.dispose();
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
        while (this.#busy !== undefined) await this.#busy;
        batches = await this.log.read({ after: this.#version, epoch: this.#epoch, limit: READ_BATCHES });
      } catch (error) {
        if (!hasCode(error, "storage.compacted")) throw error;
        await this.#load();
        continue;
      }
      while (this.#busy !== undefined) await this.#busy;
      if (this.#closed) return;
      const folding = this.#take(this.#foldBatches(batches));
      if (folding !== undefined) await folding;
      if (batches.length < READ_BATCHES) return;
    }
  }

  #watch(): void {
    this.#unwatch = this.log.watch(() => {
      this.refresh().catch((error: unknown) =>
        this.#options.logger.warn("an index could not be refreshed", { key: this.log.key, error: String(error) }),
      );
    });
  }

  /** Takes the newest snapshot, in turns, since nobody searches yet; what is newer is for `refresh` to read. */
  async #loadFirst(): Promise<void> {
    const { snapshot, epoch } = await this.#newestSnapshot();
    await takeInTurns(this.#folded.restore(snapshot?.data, `The snapshot of ${this.log.key}`));
    this.#version = snapshot?.version ?? 0;
    this.#epoch = epoch;
  }

  async #newestSnapshot(): Promise<{ snapshot: Snapshot | undefined; epoch: number }> {
    for (;;) {
      const snapshot = await this.log.readSnapshot();
      const { epoch } = await this.log.head();
      if (snapshot === undefined || snapshot.epoch === epoch) return { snapshot, epoch };
    }
  }

  /** Reads snapshot and tail first and folds them in one step, so that searches never see half of it. */
  async #load(): Promise<void> {
    for (;;) {
      const { snapshot, epoch } = await this.#newestSnapshot();
      try {
        const tail = await this.#readTail(snapshot?.version ?? 0, epoch);
        while (this.#busy !== undefined) await this.#busy;
        if (this.#closed) return;
        takeAll(this.#folded.restore(snapshot?.data, `The snapshot of ${this.log.key}`));
        this.#changesSinceSnapshot = 0;
        this.#version = snapshot?.version ?? 0;
        this.#epoch = epoch;
        takeAll(this.#foldBatches(tail));
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

  /** Takes all steps of folding: at once when they are few, else in slices. */
  #take(steps: Steps<void>): Promise<void> | undefined {
    const slice = (): boolean => {
      for (let step = 0; step < SLICE; step++) if (steps.next().done === true) return true;
      return false;
    };
    if (slice()) return undefined;
    return this.#exclusively(async () => {
      do await nextTurn();
      while (!slice());
    });
  }

  /** Does what no change may come between, once nothing else does; `work` begins at once when nothing else does. */
  async #exclusively<T>(work: () => Promise<T>): Promise<T> {
    while (this.#busy !== undefined) await this.#busy;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#busy = promise;
    try {
      return await work();
    } finally {
      this.#busy = undefined;
      resolve();
    }
  }

  /** Folds in what was read from the log, change by change, then own batches that waited for it. */
  *#foldBatches(batches: readonly LogBatch[]): Steps<void> {
    for (const { version, records } of batches) {
      if (version <= this.#version) continue;
      const own = this.#pending.get(version);
      this.#pending.delete(version);
      const counts = own?.counts ?? noChange();
      if (own === undefined && this.#appending > 0) this.#readBack.set(version, counts);
      this.#folded.beginBatch();
      for (const record of records) {
        this.#folded.apply(decodeChange(record, `The log ${this.log.key}`), counts);
        yield;
      }
      this.#endBatch(version, records.length, records[0] === undefined ? 0 : writtenAt(records[0]));
    }
    yield* this.#drain();
  }

  /** Folds in own batches as far as there is no gap before them, change by change. */
  *#drain(): Steps<void> {
    for (;;) {
      const version = this.#version + 1;
      const next = this.#pending.get(version);
      if (next === undefined) break;
      this.#pending.delete(version);
      this.#folded.beginBatch();
      for (const change of next.changes) {
        this.#folded.apply(change, next.counts);
        yield;
      }
      this.#endBatch(version, next.changes.length, next.at);
    }
    for (const version of this.#pending.keys()) if (version <= this.#version) this.#pending.delete(version);
  }

  #endBatch(version: number, changes: number, at: number): void {
    this.#folded.endBatch(at);
    this.#version = version;
    this.#changesSinceSnapshot += changes;
  }

  /** Snapshots in the background once enough has changed. */
  #maintain(): void {
    if (this.#closed || this.#maintaining !== undefined) return;
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
