import type { Clock } from "../../clock.ts";
import { hasCode, StorageCorruptError, StorageNewerFormatError } from "../../errors/index.ts";
import type { Logger } from "../../logger.ts";
import type { AppendOptions, AppendResult, Log } from "../../storage/index.ts";
import type { JsonValue } from "../documents/index.ts";

/** Version of the layout of records and snapshots: their first byte; JSON in UTF-8 follows. */
const FORMAT = 1;
const READ_BATCHES = 1_000;
/** A snapshot is written after so many batches since the last. */
const SNAPSHOT_AFTER_BATCHES = 500;

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
  /** Called after the records changed: own writes, other holders' writes, erasures. */
  onChange?: () => void;
}

/** A log of small JSON records, all of them held in memory in the order of the log. */
export class RecordLog<Value extends JsonValue> {
  readonly #options: RecordLogOptions;
  readonly #log: Log;
  #records: HeldRecord<Value>[] = [];
  #version = 0;
  #epoch = 0;
  #snapshotVersion = 0;
  #refreshing: Promise<void> | undefined;
  #unwatch: (() => void) | undefined;

  private constructor(options: RecordLogOptions) {
    this.#options = options;
    this.#log = options.log;
  }

  static async open<Value extends JsonValue>(options: RecordLogOptions): Promise<RecordLog<Value>> {
    const records = new RecordLog<Value>(options);
    await records.#load();
    options.onChange?.();
    records.#unwatch = options.log.watch(() => {
      records
        .refresh()
        .catch((error: unknown) =>
          options.logger.warn("a log could not be refreshed", { key: options.log.key, error: String(error) }),
        );
    });
    return records;
  }

  get records(): readonly HeldRecord<Value>[] {
    return this.#records;
  }
  /** Version of the newest batch that is held. */
  get version(): number {
    return this.#version;
  }

  /** Appends one batch; its records are held when it resolves. Answers whether the idempotency key was seen before. */
  async append(
    records: readonly { id: string; value: Value }[],
    options: AppendOptions = {},
  ): Promise<{ duplicate: boolean }> {
    const duplicate = await this.#append(records, options);
    await this.refresh();
    this.#maintain();
    return { duplicate };
  }

  async #append(records: readonly { id: string; value: Value }[], options: AppendOptions): Promise<boolean> {
    const { clock } = this.#options;
    for (;;) {
      try {
        return (await appendRecords(this.#log, records, clock.now(), { ...options, epoch: this.#epoch })).duplicate;
      } catch (error) {
        if (!hasCode(error, "storage.compacted")) throw error;
        await this.refresh();
      }
    }
  }

  /** Catches up with what was written. Concurrent calls are one; a call that comes during one runs once more after it. */
  refresh(): Promise<void> {
    const running = this.#refreshing;
    if (running !== undefined) return running.then(() => this.refresh());
    const run = this.#readOn().finally(() => {
      this.#refreshing = undefined;
    });
    this.#refreshing = run;
    return run;
  }

  /** Takes records out of history for good. Resolves when their bytes are gone. Answers how many there were. */
  async erase(ids: readonly string[]): Promise<number> {
    const gone = new Set(ids);
    for (;;) {
      await this.refresh();
      const left = this.#records.filter(({ id }) => !gone.has(id));
      const erased = this.#records.length - left.length;
      if (this.#version === 0) return 0;
      try {
        await this.#log.erase(ids, { epoch: this.#epoch, snapshot: { version: this.#version, data: encode(left) } });
        await this.refresh();
        return erased;
      } catch (error) {
        if (!hasCode(error, "storage.compacted")) throw error;
      }
    }
  }

  async flush(): Promise<void> {
    await this.#log.flush();
  }

  async close(): Promise<void> {
    this.#unwatch?.();
    await this.#refreshing?.catch(() => undefined);
  }

  async #readOn(): Promise<void> {
    let changed = false;
    for (;;) {
      try {
        const batches = await this.#log.read({ after: this.#version, epoch: this.#epoch, limit: READ_BATCHES });
        for (const { version, records } of batches) {
          this.#fold(version, records);
          changed = true;
        }
        if (batches.length < READ_BATCHES) break;
      } catch (error) {
        if (!hasCode(error, "storage.compacted")) throw error;
        await this.#load();
        changed = true;
        break;
      }
    }
    if (changed) this.#options.onChange?.();
  }

  async #load(): Promise<void> {
    for (;;) {
      const snapshot = await this.#log.readSnapshot();
      const { epoch } = await this.#log.head();
      if (snapshot !== undefined && snapshot.epoch !== epoch) continue;
      this.#records = snapshot === undefined ? [] : (decode(snapshot.data, this.#log.key) as HeldRecord<Value>[]);
      this.#version = snapshot?.version ?? 0;
      this.#snapshotVersion = this.#version;
      this.#epoch = epoch;
      try {
        for (;;) {
          const batches = await this.#log.read({ after: this.#version, epoch, limit: READ_BATCHES });
          for (const { version, records } of batches) this.#fold(version, records);
          if (batches.length < READ_BATCHES) return;
        }
      } catch (error) {
        if (!hasCode(error, "storage.compacted")) throw error;
      }
    }
  }

  #fold(version: number, records: readonly { id: string; data: Uint8Array; erased?: boolean }[]): void {
    for (const record of records) {
      if (record.erased === true) continue;
      const { at, value } = decode(record.data, this.#log.key) as { at: number; value: Value };
      this.#records.push({ id: record.id, version, at, value });
    }
    this.#version = version;
  }

  #maintain(): void {
    if (this.#version - this.#snapshotVersion < SNAPSHOT_AFTER_BATCHES) return;
    const version = this.#version;
    this.#snapshotVersion = version;
    this.#log
      .writeSnapshot({ version, epoch: this.#epoch, data: encode(this.#records), givenAway: true })
      .then(() => this.#log.truncate({ before: version }))
      .catch((error: unknown) =>
        this.#options.logger.warn("a snapshot could not be written", { key: this.#log.key, error: String(error) }),
      );
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

function decode(data: Uint8Array, key: string): unknown {
  if (data.length < 2) throw new StorageCorruptError(`The log ${key}`, `a record has ${data.length} bytes`);
  if ((data[0] as number) > FORMAT) throw new StorageNewerFormatError(`The log ${key}`, data[0] as number, FORMAT);
  try {
    return JSON.parse(new TextDecoder().decode(data.subarray(1)));
  } catch {
    throw new StorageCorruptError(`The log ${key}`, "a record is not JSON");
  }
}
