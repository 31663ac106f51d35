import type { Clock } from "../../clock.ts";
import { ClosedError, codeOf, hasCode } from "../../errors/index.ts";
import type { Logger } from "../../logger.ts";
import { nextTurn, takeInTurns } from "../../steps.ts";
import type { AppendOptions, Log, LogRecord, Snapshot } from "../../storage/index.ts";
import type { FoldState, OwnBatch } from "./fold-state.ts";
import { LogFollower, SLICE } from "./log-follower.ts";
import { SnapshotKeeper } from "./snapshot-keeper.ts";

export interface FoldedLogOptions<Change, Counts> {
  log: Log;
  state: FoldState<Change, Counts>;
  /** What is in the log, for messages: `The index`. */
  what: string;
  clock: Clock;
  logger: Logger;
  /** A snapshot is written in the background after so many changes since the last. */
  snapshotAfter(): number;
  /** Follow other holders' writes. Default true. */
  autoRefresh?: boolean;
}

/** What an append did. */
export type Appended<Counts> = Counts & {
  version: number;
  duplicate: boolean;
  /** See `AppendResult.committed`. */
  committed?: Promise<void>;
};

/**
 * State that lives in a log: loading is snapshot and tail, refreshing is the tail, writing is an append that is then folded
 * in, in the log's order. Indexes, profiles and lists of sessions all follow their logs by it.
 */
export class FoldedLog<Change, Counts> {
  readonly log: Log;
  readonly #options: FoldedLogOptions<Change, Counts>;
  readonly #state: FoldState<Change, Counts>;
  readonly #follower: LogFollower<Change, Counts>;
  readonly #snapshots: SnapshotKeeper;
  #wrote = false;
  #unwatch: (() => void) | undefined;
  #closed = false;

  private constructor(options: FoldedLogOptions<Change, Counts>) {
    this.#options = options;
    this.#state = options.state;
    this.log = options.log;
    this.#follower = new LogFollower({
      log: options.log,
      state: options.state,
      onFolded: (changes) => this.#snapshots.note(changes),
      onLoaded: () => this.#snapshots.reset(),
    });
    this.#snapshots = new SnapshotKeeper({
      log: options.log,
      take: () => this.#snapshot(),
      after: options.snapshotAfter,
      onFailure: (error) => this.#warn("could not be saved", error),
    });
  }

  static async open<Change, Counts>(options: FoldedLogOptions<Change, Counts>): Promise<FoldedLog<Change, Counts>> {
    const folded = new FoldedLog(options);
    try {
      await folded.#follower.loadFirst();
      if (options.autoRefresh !== false) folded.#watch();
      await folded.refresh();
    } catch (error) {
      folded.#unwatch?.();
      options.state.dispose();
      throw error;
    }
    return folded;
  }

  /** Version of the newest batch that is folded in. */
  get version(): number {
    return this.#follower.version;
  }
  get epoch(): number {
    return this.#follower.epoch;
  }
  get closed(): boolean {
    return this.#closed;
  }

  /**
   * Appends one batch and folds it in. Resolves when it is durable (see `durability`) and folded in. With `queued` it is
   * folded in at once, and again, without effect, when the log hands it back. Throws `storage.compacted`, with what there is
   * now folded in, when the log was erased from or deleted since.
   */
  async append(changes: readonly Change[], options: AppendOptions = {}): Promise<Appended<Counts>> {
    this.assertOpen();
    this.#wrote = true;
    const done = this.#follower.own.begin();
    try {
      const at = this.#options.clock.now();
      const encode = this.#state.encoder(at, changes.length);
      const records: LogRecord[] = [];
      for (const change of changes) {
        if (records.length > 0 && records.length % SLICE === 0) await nextTurn();
        records.push(encode(change));
      }
      const result = await this.log.append(records, { ...options, epoch: this.#follower.epoch });
      if (result.duplicate) {
        await this.refresh();
        return { ...this.#state.noCounts(), version: result.version ?? this.#follower.version, duplicate: true };
      }
      const folded = await this.#foldOwn({ changes, counts: this.#state.noCounts(), at }, result.version);
      const { committed } = result;
      if (committed === undefined) return folded;
      committed.catch(() => this.#takeBack());
      return { ...folded, committed };
    } catch (error) {
      if (hasCode(error, "storage.compacted")) await this.refresh();
      throw error;
    } finally {
      done();
    }
  }

  async #foldOwn(batch: OwnBatch<Change, Counts>, version: number | undefined): Promise<Appended<Counts>> {
    await this.#follower.turn.free();
    const { changes, counts, at } = batch;
    if (version === undefined) {
      this.#state.beginBatch({ version: this.#follower.version, at });
      for (const change of changes) this.#state.apply(change, counts);
      this.#state.endBatch();
      return { ...counts, version: this.#follower.version, duplicate: false };
    }
    const readBack = this.#follower.own.readBack(version);
    if (readBack !== undefined) return { ...readBack, version, duplicate: false };
    this.#follower.own.wait(version, batch);
    await this.#follower.foldOwn();
    while (this.#follower.version < version && !this.#closed) await this.refresh();
    if (!this.#closed) this.#snapshots.maintain();
    return { ...counts, version, duplicate: false };
  }

  /** What was queued and then refused is not part of the state any longer. */
  async #takeBack(): Promise<void> {
    if (!this.#closed)
      await this.#follower.load().catch((error: unknown) => this.#warn("could not be read anew", error));
  }

  /** Catches up with what others wrote. Concurrent calls are one; a call that comes during one runs once more after it. */
  refresh(): Promise<void> {
    this.assertOpen();
    return this.#follower.refresh();
  }

  /**
   * Takes records out of history for good: out of the state, the log and every snapshot. Resolves when the bytes are gone;
   * answers how many records the log had.
   */
  async erase(ids: readonly string[]): Promise<{ erased: number }> {
    for (;;) {
      await this.refresh();
      if (this.#follower.version === 0) return { erased: 0 };
      const snapshot = await this.#follower.turn.take(async () => {
        this.#state.erase(ids);
        return { version: this.#follower.version, data: await takeInTurns(this.#state.toBytes()) };
      });
      try {
        const { epoch, erased } = await this.log.erase(ids, { snapshot, epoch: this.#follower.epoch });
        this.#follower.epoch = epoch;
        this.#snapshots.reset();
        await this.refresh();
        return { erased };
      } catch (error) {
        // Another holder erased in between: this snapshot could bring back what it took out.
        await this.#follower.load();
        if (!hasCode(error, "storage.compacted")) throw error;
      }
    }
  }

  /** Writes a snapshot of what is folded in, and drops the part of the log that two snapshots cover. */
  writeSnapshot(): Promise<void> {
    this.assertOpen();
    return this.#snapshots.write();
  }

  /** A snapshot when there is enough new in the log that loading would feel it. */
  snapshotIfMuchChanged(): Promise<void> {
    return this.#snapshots.writeIfMuchChanged();
  }

  async #snapshot(): Promise<Snapshot | undefined> {
    if (this.#follower.version === 0) return undefined;
    return this.exclusively(async () => {
      this.#snapshots.reset();
      const data = await takeInTurns(this.#state.toBytes());
      return { version: this.#follower.version, epoch: this.#follower.epoch, data };
    });
  }

  /** Does what no change of the state may come between. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    return this.#follower.turn.take(() => {
      this.assertOpen();
      return work();
    });
  }

  /** Waits for what is under way, a snapshot too. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#unwatch?.();
    await this.#snapshots.close(this.#wrote);
    await this.#follower.settled();
    this.#closed = true;
    this.#follower.stopped = true;
    this.#state.dispose();
  }

  assertOpen(): void {
    if (this.#closed) throw new ClosedError(`${this.#options.what} of ${this.log.key}`);
  }

  #watch(): void {
    this.#unwatch = this.log.watch(() => {
      this.refresh().catch((error: unknown) => this.#warn("could not be refreshed", error));
    });
  }

  #warn(what: string, error: unknown): void {
    this.#options.logger.warn(`${this.#options.what} ${what}`, { key: this.log.key, error: codeOf(error) });
  }
}
