import { SottoError } from "./sotto-error.ts";

/** A call on a closed pool. */
export class PoolClosedError extends SottoError {
  constructor() {
    super("pool.closed", "The pool of user runtimes is closed.", {});
  }

  static override isInstance(error: unknown): error is PoolClosedError {
    return SottoError.isInstance(error) && error.code === "pool.closed";
  }
}
