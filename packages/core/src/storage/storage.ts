import type { SearchableStorage } from "./searchable.ts";

/**
 * The Storage port: named append-only logs with snapshots. An index, a session, a profile and a user's permanent
 * memory are each one log; what they hold is the fold of that log. Implementations are checked by `testStorage` of
 * `@sotto/core/testing`.
 */
export interface Storage {
  /** For messages and logs, for example `sqlite:.sotto/sotto.db`. Holds no secret. */
  readonly name: string;
  /** There when the store can hold and search the documents of an index itself: for indexes made with `searchable: true`. */
  readonly searchable?: SearchableStorage;
  /** Opens a log, and makes it when it does not exist (an empty log is listed only after its first append). */
  open(key: string): Promise<Log>;
  /** Keys that begin with `prefix` and hold something, in ascending order (by UTF-16 code unit). */
  list(prefix: string): Promise<string[]>;
  /** Deletes a log with its snapshots, for good: when it resolves its bytes are gone, but for what `pendingErasure` tells of. Answers whether it existed. */
  delete(key: string): Promise<boolean>;
  /**
   * Why bytes of what was erased or deleted are still on the disk, where the store can tell; undefined when none are. What is
   * pending goes by itself, once whoever reads the store as it was before is done.
   */
  pendingErasure?(): Promise<string | undefined>;
  /** Waits for what was queued to be on disk, then releases everything. Idempotent. */
  close(): Promise<void>;
}

export interface LogHead {
  /** Number of batches ever committed; 0 for an empty log. */
  version: number;
  /** Batches up to and including this version can no longer be read; a snapshot at or after it replaces them. */
  base: number;
  /** Raised by every `erase`, and by a delete of the log: holders of an older epoch must reload. Starts at 1. */
  epoch: number;
}

export interface LogRecord {
  /** What `erase` finds it by. Need not be unique: later records of an id usually replace earlier ones. */
  id: string;
  /**
   * Opaque to the store. Empty in a record that was erased. It may be a view into memory that other records share, so
   * that a store keeps a copy of these bytes alone.
   */
  data: Uint8Array;
  /** True for the text-free tombstone that `erase` left in the place of a record. */
  erased?: boolean;
}

export interface LogBatch {
  version: number;
  records: LogRecord[];
}

export interface AppendOptions {
  /** Appends only when the head is at this version; otherwise throws `storage.version_conflict` and writes nothing. */
  expectedVersion?: number;
  /** Appends only in this epoch of the log; otherwise throws `storage.compacted` and writes nothing. */
  epoch?: number;
  /**
   * Appends only while other logs are as told, looked at in the same transaction, so that none of them can change in
   * between; otherwise throws `storage.condition_failed` and writes nothing.
   */
  onlyIf?: readonly HeadCondition[];
  /** A second append with a key that this log has seen writes nothing and answers the first one's version. */
  idempotencyKey?: string;
  /**
   * `commit` (the default) resolves when the batch is on disk. `queued` resolves when the batch is accepted in memory,
   * in order with everything else: only a commit counts as acknowledged; it is on disk after the next commit or `flush`.
   */
  durability?: "commit" | "queued";
}

/** What another log's head has to be: its epoch, and its version too where that is given. */
export interface HeadCondition {
  key: string;
  epoch: number;
  version?: number;
}

export interface AppendResult {
  /** The version of the batch; with `queued` the version that it will have, or undefined when not yet known. */
  version: number | undefined;
  /** True when the idempotency key was seen before and nothing was written. */
  duplicate: boolean;
  /** With `queued`, where the store knows: resolves when the batch is on disk, rejects when it could not be written. */
  committed?: Promise<void>;
}

export interface EraseOptions {
  epoch?: number;
  snapshot?: { version: number; data: Uint8Array };
}

export interface Snapshot {
  /** The fold of all batches up to and including this version. */
  version: number;
  epoch: number;
  data: Uint8Array;
}

export interface SnapshotToWrite extends Snapshot {
  /** The caller gives `data` away and does not touch it again: a store may keep or transfer it instead of a copy. */
  givenAway?: boolean;
}

export interface Log {
  readonly key: string;
  head(): Promise<LogHead>;
  /** Appends one batch: all of it or nothing, in one version. A batch may be empty. */
  append(records: readonly LogRecord[], options?: AppendOptions): Promise<AppendResult>;
  /**
   * Batches after version `after` in commit order, at most `limit` of them (default 1,000; all of a batch or none).
   * Throws `storage.compacted` when `after < base`, or when `epoch` is given and is not the log's.
   */
  read(options: { after: number; epoch?: number; limit?: number }): Promise<LogBatch[]>;
  /**
   * Stores the fold up to `version`, from 1 to the head's (in epoch `epoch`, and not below `base`, else it is refused with
   * `storage.compacted`). The two newest snapshots are kept. It carries the idempotency keys up to that version.
   */
  writeSnapshot(snapshot: SnapshotToWrite): Promise<void>;
  /**
   * The newest snapshot whose checksum holds, or undefined. A damaged one is skipped for the one before it, or for
   * none while the log still reaches back to version 0; when neither is possible it throws `storage.corrupt`.
   */
  readSnapshot(): Promise<Snapshot | undefined>;
  /**
   * Rewrites every record with one of these ids to a text-free tombstone, drops all snapshots, stores `snapshot` (a fold
   * without them) if given, and raises the epoch, as one step. Needs `snapshot` when `base > 0`. When it resolves the
   * erased bytes are nowhere in the store, but for what `pendingErasure` tells of. Answers the new epoch and how many records of the log were erased; an empty
   * log stays as it is. Pass the `epoch` that the snapshot is a fold of: when it is not the log's any more, another erase
   * came first, and this one throws `storage.compacted` and changes nothing, so that it cannot bring back what that erased.
   */
  erase(ids: readonly string[], options?: EraseOptions): Promise<{ epoch: number; erased: number }>;
  /**
   * Drops batches up to and including `before`, which must not be above the version of the older of the two kept
   * snapshots (so that one damaged snapshot loses nothing); a larger `before` is lowered to it. Answers the new base.
   */
  truncate(options: { before: number }): Promise<number>;
  /** Resolves when everything accepted so far, `queued` included, is on disk; rejects when a queued append failed. */
  flush(): Promise<void>;
  /** Calls `listener` some time after another holder changed the log. A wake-up only: catch up by version. */
  watch(listener: () => void): () => void;
}
