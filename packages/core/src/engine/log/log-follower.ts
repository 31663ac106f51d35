import { hasCode } from "../../errors/index.ts";
import { nextTurn, type Steps, takeAll, takeInTurns } from "../../steps.ts";
import type { Log, LogBatch } from "../../storage/index.ts";
import { type FoldState, foldBatch, OwnBatches } from "./fold-state.ts";
import { OneAtATime } from "./one-at-a-time.ts";
import { newestSnapshot, READ_BATCHES, readTail } from "./read-log.ts";

/** More changes than this are folded in slices of so many (a few milliseconds each), between which the event loop runs on. */
export const SLICE = 128;

export interface LogFollowerOptions<Change, Counts> {
  log: Log;
  state: FoldState<Change, Counts>;
  /** So many changes were folded in. */
  onFolded(changes: number): void;
  /** The state was read anew. */
  onLoaded(): void;
}

/** Brings a state to where its log is, and keeps to the log's order: snapshot and tail, further tails, own batches between. */
export class LogFollower<Change, Counts> {
  readonly #log: Log;
  readonly #state: FoldState<Change, Counts>;
  readonly #options: LogFollowerOptions<Change, Counts>;
  /** The state is being changed or saved in slices, and nothing else may change it meanwhile. */
  readonly turn = new OneAtATime();
  readonly own = new OwnBatches<Change, Counts>();
  /** Version of the newest batch that is folded in. */
  version = 0;
  epoch = 0;
  /** Nothing is folded in any more. */
  stopped = false;
  #refreshing: Promise<void> | undefined;

  constructor(options: LogFollowerOptions<Change, Counts>) {
    this.#options = options;
    this.#log = options.log;
    this.#state = options.state;
  }

  /** Takes the newest snapshot, in turns, since nobody looks yet; what is newer is for `refresh` to read. */
  async loadFirst(): Promise<void> {
    const { snapshot, epoch } = await newestSnapshot(this.#log);
    await takeInTurns(this.#state.restore(snapshot?.data, `The snapshot of ${this.#log.key}`));
    this.version = snapshot?.version ?? 0;
    this.epoch = epoch;
  }

  /** Catches up with what others wrote. Concurrent calls are one; a call that comes during one runs once more after it. */
  refresh(): Promise<void> {
    const running = this.#refreshing;
    if (running !== undefined) return running.then(() => (this.stopped ? undefined : this.#startRefresh()));
    return this.#startRefresh();
  }

  /** Waits for what is under way. */
  async settled(): Promise<void> {
    await this.#refreshing?.catch(() => undefined);
    await this.turn.free();
  }

  /** Folds in own batches that have their place in the log. */
  async foldOwn(): Promise<void> {
    const folding = this.#take(this.#drain());
    if (folding !== undefined) await folding;
  }

  #startRefresh(): Promise<void> {
    const run = this.#readOn().finally(() => {
      if (this.#refreshing === run) this.#refreshing = undefined;
    });
    this.#refreshing = run;
    return run;
  }

  async #readOn(): Promise<void> {
    for (;;) {
      let batches: LogBatch[];
      try {
        await this.turn.free();
        batches = await this.#log.read({ after: this.version, epoch: this.epoch, limit: READ_BATCHES });
      } catch (error) {
        if (!hasCode(error, "storage.compacted")) throw error;
        await this.load();
        continue;
      }
      await this.turn.free();
      if (this.stopped) return;
      const folding = this.#take(this.#foldBatches(batches));
      if (folding !== undefined) await folding;
      if (batches.length < READ_BATCHES) return;
    }
  }

  /** Reads snapshot and tail first and folds them in one step, so that nobody ever sees half of it. */
  async load(): Promise<void> {
    for (;;) {
      const { snapshot, epoch } = await newestSnapshot(this.#log);
      try {
        const tail = await readTail(this.#log, snapshot?.version ?? 0, epoch);
        await this.turn.free();
        if (this.stopped) return;
        takeAll(this.#state.restore(snapshot?.data, `The snapshot of ${this.#log.key}`));
        this.#options.onLoaded();
        this.version = snapshot?.version ?? 0;
        this.epoch = epoch;
        takeAll(this.#foldBatches(tail));
        return;
      } catch (error) {
        if (!hasCode(error, "storage.compacted")) throw error;
      }
    }
  }

  /** Takes all steps of folding: at once when they are few, else in slices. */
  #take(steps: Steps<void>): Promise<void> | undefined {
    const slice = (): boolean => {
      for (let step = 0; step < SLICE; step++) if (steps.next().done === true) return true;
      return false;
    };
    if (slice()) return undefined;
    return this.turn.take(async () => {
      do await nextTurn();
      while (!slice());
    });
  }

  /** Folds in what was read from the log, change by change, then own batches that waited for it. */
  *#foldBatches(batches: readonly LogBatch[]): Steps<void> {
    for (const { version, records } of batches) {
      if (version <= this.version) continue;
      const counts = this.own.takenFromLog(version) ?? this.#state.noCounts();
      this.own.noteReadBack(version, counts);
      yield* foldBatch(this.#state, { version, records, where: `The log ${this.#log.key}` }, counts);
      this.#endBatch(version, records.length);
    }
    yield* this.#drain();
  }

  /** Folds in own batches as far as there is no gap before them, change by change. */
  *#drain(): Steps<void> {
    for (;;) {
      const version = this.version + 1;
      const next = this.own.take(version);
      if (next === undefined) break;
      this.#state.beginBatch({ version, at: next.at });
      for (const change of next.changes) {
        this.#state.apply(change, next.counts);
        yield;
      }
      this.#state.endBatch();
      this.#endBatch(version, next.changes.length);
    }
    this.own.dropUpTo(this.version);
  }

  #endBatch(version: number, changes: number): void {
    this.version = version;
    this.#options.onFolded(changes);
  }
}
