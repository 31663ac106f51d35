import { SottoError } from "./sotto-error.ts";

/** A call on a closed store. */
export class StorageClosedError extends SottoError {
  readonly store: string;

  constructor(store: string) {
    super("storage.closed", `The store ${store} is closed.`, { store });
    this.store = store;
  }

  static override isInstance(error: unknown): error is StorageClosedError {
    return SottoError.isInstance(error) && error.code === "storage.closed";
  }
}
