import { SottoError } from "./sotto-error.ts";

/** No loopback port is left for another runtime process. */
export class PoolPortExhaustedError extends SottoError {
  readonly runtimePortRange: readonly [number, number];

  constructor(runtimePortRange: readonly [number, number]) {
    super("pool.port_exhausted", `Every port of runtimePortRange [${runtimePortRange.join(", ")}] is taken.`, {
      runtimePortRange,
    });
    this.runtimePortRange = runtimePortRange;
  }

  static override isInstance(error: unknown): error is PoolPortExhaustedError {
    return SottoError.isInstance(error) && error.code === "pool.port_exhausted";
  }
}
