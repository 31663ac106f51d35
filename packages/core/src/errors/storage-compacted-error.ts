import { SottoError } from "./sotto-error.ts";

/** The reader is behind a compaction, or holds an epoch from before an erase: reload the snapshot. */
export class StorageCompactedError extends SottoError {
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

  static override isInstance(error: unknown): error is StorageCompactedError {
    return SottoError.isInstance(error) && error.code === "storage.compacted";
  }
}
