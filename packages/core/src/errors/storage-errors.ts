import { SottoError } from "./sotto-error.ts";

/** A call on a closed store. */
export class StorageClosedError extends SottoError {
  static override readonly code = "storage.closed";
  readonly store: string;

  constructor(store: string) {
    super("storage.closed", `The store ${store} is closed.`, { store });
    this.store = store;
  }
}

/** The reader is behind a compaction, or holds an epoch from before an erase: reload the snapshot. */
export class StorageCompactedError extends SottoError {
  static override readonly code = "storage.compacted";
  readonly key: string;
  readonly after: number;
  readonly base: number;
  readonly epoch: number;

  constructor(key: string, after: number, base: number, epoch: number) {
    super(
      "storage.compacted",
      `The log "${key}" can no longer be read from version ${after}: it begins after version ${base} in epoch ${epoch}. Load its snapshot and read on from there.`,
      { key, after, base, epoch },
    );
    this.key = key;
    this.after = after;
    this.base = base;
    this.epoch = epoch;
  }
}

/** Another log is not as `append` was told that it had to be (`onlyIf`). */
export class StorageConditionError extends SottoError {
  static override readonly code = "storage.condition_failed";
  readonly key: string;
  readonly conditionKey: string;

  constructor(key: string, conditionKey: string) {
    super(
      "storage.condition_failed",
      `The log "${conditionKey}" has changed since, on which an append to "${key}" depends. Nothing was written.`,
      { key, conditionKey },
    );
    this.key = key;
    this.conditionKey = conditionKey;
  }
}

/** Stored bytes fail their checksum or cannot be read as what they should be. */
export class StorageCorruptError extends SottoError {
  static override readonly code = "storage.corrupt";
  readonly where: string;
  readonly reason: string;

  constructor(where: string, reason: string) {
    super("storage.corrupt", `${where} is damaged: ${reason}.`, { where, reason });
    this.where = where;
    this.reason = reason;
  }
}

/** The disk, or a size limit of the store, is full. */
export class StorageFullError extends SottoError {
  static override readonly code = "storage.full";
  readonly store: string;
  readonly reason: string;

  constructor(store: string, reason: string) {
    super(
      "storage.full",
      `The store ${store} is full: ${reason}. Nothing of this write was kept; what was acknowledged before is intact.`,
      { store, reason },
    );
    this.store = store;
    this.reason = reason;
  }
}

/** A store or snapshot was written by a newer version of Sotto. */
export class StorageNewerFormatError extends SottoError {
  static override readonly code = "storage.newer_format";
  readonly where: string;
  readonly formatVersion: number;
  readonly supportedVersion: number;

  constructor(where: string, formatVersion: number, supportedVersion: number) {
    super(
      "storage.newer_format",
      `${where} was written in format ${formatVersion}; this version of Sotto reads formats up to ${supportedVersion}. Upgrade Sotto to open it.`,
      { where, formatVersion, supportedVersion },
    );
    this.where = where;
    this.formatVersion = formatVersion;
    this.supportedVersion = supportedVersion;
  }
}

/** A write to a store that was opened for reading, or lies where nothing can be written. */
export class StorageReadOnlyError extends SottoError {
  static override readonly code = "storage.read_only";
  readonly store: string;
  readonly reason: string;

  constructor(store: string, reason: string) {
    super("storage.read_only", `The store ${store} is open for reading only: ${reason}.`, { store, reason });
    this.store = store;
    this.reason = reason;
  }
}

/** `erase` was called without a snapshot on a log whose beginning lives only in a snapshot. */
export class StorageSnapshotRequiredError extends SottoError {
  static override readonly code = "storage.snapshot_required";
  readonly key: string;
  readonly base: number;

  constructor(key: string, base: number) {
    super(
      "storage.snapshot_required",
      `The log "${key}" has been compacted up to version ${base}: erasing from it needs a snapshot without the erased records.`,
      { key, base },
    );
    this.key = key;
    this.base = base;
  }
}

/** The store cannot be opened, or its process or thread has gone away. */
export class StorageUnavailableError extends SottoError {
  static override readonly code = "storage.unavailable";
  readonly store: string;
  readonly reason: string;

  constructor(store: string, reason: string) {
    super("storage.unavailable", `The store ${store} cannot be used: ${reason}.`, { store, reason });
    this.store = store;
    this.reason = reason;
  }
}

/** `append` was given an `expectedVersion` that is not the head. */
export class StorageVersionConflictError extends SottoError {
  static override readonly code = "storage.version_conflict";
  readonly key: string;
  readonly expectedVersion: number;
  readonly version: number;

  constructor(key: string, expectedVersion: number, version: number) {
    super(
      "storage.version_conflict",
      `The log "${key}" is at version ${version}, not at the expected ${expectedVersion}. Nothing was written.`,
      { key, expectedVersion, version },
    );
    this.key = key;
    this.expectedVersion = expectedVersion;
    this.version = version;
  }
}
