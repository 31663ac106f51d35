import { SottoError } from "./sotto-error.ts";

/** A call on a closed pool. */
export class PoolClosedError extends SottoError {
  static override readonly code = "pool.closed";
  constructor() {
    super("pool.closed", "The pool of user runtimes is closed.", {});
  }
}

/** The pool is full and no runtime in it is idle. */
export class PoolExhaustedError extends SottoError {
  static override readonly code = "pool.exhausted";
  readonly maxConcurrentUsers: number;

  constructor(maxConcurrentUsers: number) {
    super(
      "pool.exhausted",
      `All ${maxConcurrentUsers} user runtimes are busy (maxConcurrentUsers = ${maxConcurrentUsers}).`,
      { maxConcurrentUsers },
    );
    this.maxConcurrentUsers = maxConcurrentUsers;
  }
}

/** No loopback port is left for another runtime process. */
export class PoolPortExhaustedError extends SottoError {
  static override readonly code = "pool.port_exhausted";
  readonly runtimePortRange: readonly [number, number];

  constructor(runtimePortRange: readonly [number, number]) {
    super("pool.port_exhausted", `Every port of runtimePortRange [${runtimePortRange.join(", ")}] is taken.`, {
      runtimePortRange,
    });
    this.runtimePortRange = runtimePortRange;
  }
}
