import { SottoError } from "./sotto-error.ts";

/** `erase` was called without a snapshot on a log whose beginning lives only in a snapshot. */
export class StorageSnapshotRequiredError extends SottoError {
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

  static override isInstance(error: unknown): error is StorageSnapshotRequiredError {
    return SottoError.isInstance(error) && error.code === "storage.snapshot_required";
  }
}
