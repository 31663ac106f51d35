import { SottoError } from "./sotto-error.ts";

/** `append` was given an `expectedVersion` that is not the head. */
export class StorageVersionConflictError extends SottoError {
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

  static override isInstance(error: unknown): error is StorageVersionConflictError {
    return SottoError.isInstance(error) && error.code === "storage.version_conflict";
  }
}
