import { SottoError } from "./sotto-error.ts";

/** A value is over one of the limits of `createSotto({ limits })`; the message names the limit and both numbers. */
export class LimitExceededError extends SottoError {
  readonly limit: string;
  readonly maximum: number;
  readonly actual: number;
  readonly what: string;

  constructor(limit: string, maximum: number, actual: number, what: string) {
    super("limit.exceeded", `${what}: ${actual} is over the limit ${limit} = ${maximum}.`, { limit, maximum, actual });
    this.limit = limit;
    this.maximum = maximum;
    this.actual = actual;
    this.what = what;
  }

  static override isInstance(error: unknown): error is LimitExceededError {
    return SottoError.isInstance(error) && error.code === "limit.exceeded";
  }
}
