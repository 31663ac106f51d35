import type { Steps } from "../../steps.ts";
import type { LogRecord } from "../../storage/index.ts";

/** What is folded from a log, change by change; `FoldedLog` follows the log for it. */
export interface FoldState<Change, Counts> {
  /** Turns changes of one batch into records. `at`: the time of writing, milliseconds since the epoch; `changes`, how many. */
  encoder(at: number, changes: number): (change: Change) => LogRecord;
  /** The change that a record holds, and when it was written (0 where that is unknown). `where` names the log in errors. */
  decode(record: LogRecord, where: string): Change;
  writtenAt(record: LogRecord, where: string): number;
  noCounts(): Counts;
  /** Before the first change of a batch; drops what a batch that failed had begun. */
  beginBatch(batch: { version: number; at: number }): void;
  apply(change: Change, counts: Counts): void;
  /** After the last change of a batch. */
  endBatch(): void;
  /** Takes records with these ids out. */
  erase(ids: readonly string[]): void;
  /** The state of a snapshot, or that of an empty log. `where` names the snapshot in errors. */
  restore(data: Uint8Array | undefined, where: string): Steps<void>;
  /** For a snapshot; nothing may change between the steps. */
  toBytes(): Steps<Uint8Array>;
  dispose(): void;
}

/** Folds in a batch as the log has it. */
export function* foldBatch<Change, Counts>(
  state: FoldState<Change, Counts>,
  { version, records, where }: { version: number; records: readonly LogRecord[]; where: string },
  counts: Counts,
): Steps<void> {
  const [first] = records;
  state.beginBatch({ version, at: first === undefined ? 0 : state.writtenAt(first, where) });
  for (const record of records) {
    state.apply(state.decode(record, where), counts);
    yield;
  }
  state.endBatch();
}

export interface OwnBatch<Change, Counts> {
  changes: readonly Change[];
  counts: Counts;
  at: number;
}

/** Own batches between their append and their place in the log's order. */
export class OwnBatches<Change, Counts> {
  /** Those that wait for batches of others before them. */
  readonly #waiting = new Map<number, OwnBatch<Change, Counts>>();
  /** What batches changed that were read back from the log before their own append had resolved. */
  readonly #readBack = new Map<number, Counts>();
  #appending = 0;

  /** An append begins; call the answer when it is over. */
  begin(): () => void {
    this.#appending++;
    return () => {
      if (--this.#appending === 0) this.#readBack.clear();
    };
  }

  readBack(version: number): Counts | undefined {
    return this.#readBack.get(version);
  }

  /** A batch was read from the log that may be one of those whose append has not resolved yet. */
  noteReadBack(version: number, counts: Counts): void {
    if (this.#appending > 0) this.#readBack.set(version, counts);
  }

  wait(version: number, batch: OwnBatch<Change, Counts>): void {
    this.#waiting.set(version, batch);
  }

  take(version: number): OwnBatch<Change, Counts> | undefined {
    const batch = this.#waiting.get(version);
    this.#waiting.delete(version);
    return batch;
  }

  /** The counts of a waiting batch that the log has handed back instead. */
  takenFromLog(version: number): Counts | undefined {
    return this.take(version)?.counts;
  }

  dropUpTo(version: number): void {
    for (const waiting of this.#waiting.keys()) if (waiting <= version) this.#waiting.delete(waiting);
  }
}
