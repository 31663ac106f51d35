import { SottoError } from "./sotto-error.ts";

/** The store cannot be opened, or its process or thread has gone away. */
export class StorageUnavailableError extends SottoError {
  readonly store: string;
  readonly reason: string;

  constructor(store: string, reason: string) {
    super("storage.unavailable", `The store ${store} cannot be used: ${reason}.`, { store, reason });
    this.store = store;
    this.reason = reason;
  }

  static override isInstance(error: unknown): error is StorageUnavailableError {
    return SottoError.isInstance(error) && error.code === "storage.unavailable";
  }
}
