import { SottoError } from "./sotto-error.ts";

/** The disk, or a size limit of the store, is full. */
export class StorageFullError extends SottoError {
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

  static override isInstance(error: unknown): error is StorageFullError {
    return SottoError.isInstance(error) && error.code === "storage.full";
  }
}
