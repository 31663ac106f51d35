import { InvalidArgumentError, StorageConditionError } from "../errors/index.ts";
import type { AppendOptions, HeadCondition, LogRecord } from "./storage.ts";

/** Batches that one `read` answers when it is given no `limit`. */
export const DEFAULT_READ_LIMIT = 1_000;

/** A key: a string of at least one character, without NUL and without half of a surrogate pair. */
export function checkKey(key: string): void {
  if (typeof key !== "string" || key === "") throw new InvalidArgumentError("key", "it must be a non-empty string");
  checkText("key", key);
}

export function checkAppend(records: readonly LogRecord[], options: AppendOptions): void {
  if (!Array.isArray(records)) throw new InvalidArgumentError("records", "it must be an array");
  for (const [position, record] of records.entries()) {
    if (typeof record?.id !== "string") {
      throw new InvalidArgumentError(`records[${position}].id`, "it must be a string");
    }
    checkText(`records[${position}].id`, record.id);
    checkBytes(`records[${position}].data`, record.data);
  }
  const { expectedVersion, epoch, onlyIf, idempotencyKey, durability } = options;
  if (expectedVersion !== undefined) checkCount("expectedVersion", expectedVersion, 0);
  if (epoch !== undefined) checkCount("epoch", epoch, 1);
  for (const condition of onlyIf ?? []) {
    checkKey(condition.key);
    checkCount("onlyIf.epoch", condition.epoch, 1);
    if (condition.version !== undefined) checkCount("onlyIf.version", condition.version, 0);
  }
  if (idempotencyKey !== undefined) {
    if (typeof idempotencyKey !== "string" || idempotencyKey === "") {
      throw new InvalidArgumentError("idempotencyKey", "it must be a non-empty string");
    }
    checkText("idempotencyKey", idempotencyKey);
  }
  if (durability !== undefined && durability !== "commit" && durability !== "queued") {
    throw new InvalidArgumentError("durability", `it must be "commit" or "queued", not ${JSON.stringify(durability)}`);
  }
}

export function checkRead(options: { after: number; epoch?: number; limit?: number }): void {
  checkCount("after", options.after, 0);
  if (options.epoch !== undefined) checkCount("epoch", options.epoch, 1);
  if (options.limit !== undefined) checkCount("limit", options.limit, 1);
}

export function checkSnapshot(snapshot: { version: number; epoch?: number; data: Uint8Array }): void {
  checkCount("snapshot.version", snapshot.version, 1);
  if (snapshot.epoch !== undefined) checkCount("snapshot.epoch", snapshot.epoch, 1);
  checkBytes("snapshot.data", snapshot.data);
}

export function checkErase(ids: readonly string[], snapshot: { version: number; data: Uint8Array } | undefined): void {
  if (!Array.isArray(ids) || ids.some((id) => typeof id !== "string")) {
    throw new InvalidArgumentError("ids", "it must be an array of strings");
  }
  if (snapshot !== undefined) checkSnapshot(snapshot);
}

/** A whole number, `minimum` or more. */
export function checkCount(argument: string, value: number, minimum: number): void {
  if (!Number.isSafeInteger(value) || value < minimum) {
    throw new InvalidArgumentError(argument, `it must be a whole number, ${minimum} or more, not ${String(value)}`);
  }
}

/** A snapshot holds no more than was committed. */
export function checkSnapshotNotAhead(key: string, version: number, head: number): void {
  if (version > head) {
    throw new InvalidArgumentError("snapshot.version", `${version} is above the version ${head} of the log "${key}"`);
  }
}

/** Throws `storage.condition_failed` when a log is not as it has to be for an append to `key`. */
export function checkConditions(
  key: string,
  conditions: readonly HeadCondition[] | undefined,
  headOf: (key: string) => { version: number; epoch: number },
): void {
  for (const condition of conditions ?? []) {
    const { version, epoch } = headOf(condition.key);
    if (epoch !== condition.epoch || (condition.version !== undefined && version !== condition.version))
      throw new StorageConditionError(key, condition.key);
  }
}

function checkText(argument: string, text: string): void {
  // Neither survives a database: NUL ends a text, and half a pair has no UTF-8.
  if (text.includes("\0")) throw new InvalidArgumentError(argument, "it holds a NUL character");
  if (/\p{Surrogate}/u.test(text)) throw new InvalidArgumentError(argument, "it holds half of a surrogate pair");
}

function checkBytes(argument: string, data: Uint8Array): void {
  if (!(data instanceof Uint8Array)) throw new InvalidArgumentError(argument, "it must be a Uint8Array");
}
