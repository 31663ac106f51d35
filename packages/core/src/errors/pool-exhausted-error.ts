import { SottoError } from "./sotto-error.ts";

/** The pool is full and no runtime in it is idle. */
export class PoolExhaustedError extends SottoError {
  readonly maxConcurrentUsers: number;

  constructor(maxConcurrentUsers: number) {
    super(
      "pool.exhausted",
      `All ${maxConcurrentUsers} user runtimes are busy (maxConcurrentUsers = ${maxConcurrentUsers}).`,
      { maxConcurrentUsers },
    );
    this.maxConcurrentUsers = maxConcurrentUsers;
  }

  static override isInstance(error: unknown): error is PoolExhaustedError {
    return SottoError.isInstance(error) && error.code === "pool.exhausted";
  }
}
