import type { Clock } from "../../clock.ts";
import { hasCode, StorageCorruptError, StorageNewerFormatError } from "../../errors/index.ts";
import type { Logger } from "../../logger.ts";
import type { Steps } from "../../steps.ts";
import type { AppendOptions, AppendResult, Log, LogRecord } from "../../storage/index.ts";
import type { JsonValue } from "../documents/index.ts";
import type { FoldState } from "./fold-state.ts";
import { FoldedLog } from "./folded-log.ts";

/** Version of the layout of records and snapshots: their first byte; JSON in UTF-8 follows. */
const FORMAT = 1;
/** A snapshot is written after so many records since the last. */
const SNAPSHOT_AFTER_RECORDS = 500;

/** One record as it is held: the version of its batch, when it was written (milliseconds since the epoch), its value. */
export interface HeldRecord<Value> {
  id: string;
  version: number;
  at: number;
  value: Value;
}

export interface RecordLogOptions {
  log: Log;
  clock: Clock;
  logger: Logger;
}

/** A record on its way to the log, or one that was erased. */
type RecordChange<Value> = { id: string; at?: number; value: Value } | { id: string; erased: true };

type Nothing = Record<never, never>;

/** A log of small JSON records, all of them held in memory in the order of the log. */
export class RecordLog<Value extends JsonValue> {
  readonly #records: HeldRecords<Value>;
  readonly #log: FoldedLog<RecordChange<Value>, Nothing>;

  private constructor(records: HeldRecords<Value>, log: FoldedLog<RecordChange<Value>, Nothing>) {
    this.#records = records;
    this.#log = log;
  }

  static async open<Value extends JsonValue>(options: RecordLogOptions): Promise<RecordLog<Value>> {
    const { log, clock, logger } = options;
    const state = new HeldRecords<Value>();
    const snapshotAfter = () => SNAPSHOT_AFTER_RECORDS;
    return new RecordLog(state, await FoldedLog.open({ log, state, what: "The log", clock, logger, snapshotAfter }));
  }

  /** Grows at its end; another array once something was taken out. */
  get records(): readonly HeldRecord<Value>[] {
    return this.#records.held;
  }
  /** Version of the newest batch that is held. */
  get version(): number {
    return this.#log.version;
  }

  /** Appends one batch; its records are held when it resolves. Answers whether the idempotency key was seen before. */
  async append(
    records: readonly { id: string; value: Value }[],
    options: AppendOptions = {},
  ): Promise<{ duplicate: boolean }> {
    for (;;) {
      try {
        const { duplicate } = await this.#log.append(records, options);
        return { duplicate };
      } catch (error) {
        // Erased from, or deleted: a record says the same whatever was before it.
        if (!hasCode(error, "storage.compacted")) throw error;
      }
    }
  }

  /** Catches up with what was written. Concurrent calls are one; a call that comes during one runs once more after it. */
  refresh(): Promise<void> {
    return this.#log.refresh();
  }

  /** Takes records out of history for good. Resolves when their bytes are gone. Answers how many there were. */
  async erase(ids: readonly string[]): Promise<number> {
    await this.#log.refresh();
    const gone = new Set(ids);
    const count = this.#records.held.filter(({ id }) => gone.has(id)).length;
    await this.#log.erase(ids);
    return count;
  }

  flush(): Promise<void> {
    return this.#log.log.flush();
  }

  close(): Promise<void> {
    return this.#log.close();
  }
}

/** The records that a log amounts to. */
class HeldRecords<Value> implements FoldState<RecordChange<Value>, Nothing> {
  held: HeldRecord<Value>[] = [];
  #batch = { version: 0, at: 0 };

  encoder(at: number): (change: RecordChange<Value>) => LogRecord {
    return (change) =>
      "erased" in change
        ? { id: change.id, data: new Uint8Array(0), erased: true }
        : { id: change.id, data: encode({ at, value: change.value }) };
  }

  decode(record: LogRecord, where: string): RecordChange<Value> {
    if (record.erased === true) return { id: record.id, erased: true };
    const { at, value } = decode(record.data, where) as { at: number; value: Value };
    return { id: record.id, at, value };
  }

  writtenAt(): number {
    // Every record says so itself.
    return 0;
  }

  noCounts(): Nothing {
    return {};
  }

  beginBatch(batch: { version: number; at: number }): void {
    this.#batch = batch;
  }

  apply(change: RecordChange<Value>): void {
    if ("erased" in change) return;
    const { id, at = this.#batch.at, value } = change;
    this.held.push({ id, version: this.#batch.version, at, value });
  }

  endBatch(): void {
    // A record is held from the moment that it is applied.
  }

  erase(ids: readonly string[]): void {
    const gone = new Set(ids);
    this.held = this.held.filter(({ id }) => !gone.has(id));
  }

  *restore(data: Uint8Array | undefined, where: string): Steps<void> {
    yield;
    this.held = data === undefined ? [] : (decode(data, where) as HeldRecord<Value>[]);
  }

  *toBytes(): Steps<Uint8Array> {
    yield;
    return encode(this.held);
  }

  dispose(): void {
    // What is held may still be looked at.
  }
}

/** Writes records to a log that need not be open as a `RecordLog`. `at` is the time of writing. */
export function appendRecords(
  log: Log,
  records: readonly { id: string; value: JsonValue }[],
  at: number,
  options: AppendOptions = {},
): Promise<AppendResult> {
  return log.append(
    records.map(({ id, value }) => ({ id, data: encode({ at, value }) })),
    options,
  );
}

function encode(value: unknown): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(value));
  const data = new Uint8Array(json.length + 1);
  data[0] = FORMAT;
  data.set(json, 1);
  return data;
}

function decode(data: Uint8Array, where: string): unknown {
  const [format] = data;
  if (format === undefined || data.length < 2)
    throw new StorageCorruptError(where, `a record has ${data.length} bytes`);
  if (format > FORMAT) throw new StorageNewerFormatError(where, format, FORMAT);
  try {
    return JSON.parse(new TextDecoder().decode(data.subarray(1)));
  } catch {
    throw new StorageCorruptError(where, "a record is not JSON");
  }
}
