import { SottoError } from "./sotto-error.ts";

/** An argument of a call has the wrong type or is out of range. */
export class InvalidArgumentError extends SottoError {
  static override readonly code = "argument.invalid";
  readonly argument: string;
  readonly reason: string;

  constructor(argument: string, reason: string) {
    super("argument.invalid", `${argument} is not valid: ${reason}.`, { argument, reason });
    this.argument = argument;
    this.reason = reason;
  }
}

/** A value is over one of the limits of `createSotto({ limits })`; the message names the limit and both numbers. */
export class LimitExceededError extends SottoError {
  static override readonly code = "limit.exceeded";
  readonly limit: string;
  readonly maximum: number;
  readonly actual: number;
  readonly what: string;

  constructor(limit: string, maximum: number, actual: number, what: string) {
    super("limit.exceeded", `${what}: ${actual} is over the limit ${limit} = ${maximum}.`, {
      limit,
      maximum,
      actual,
      what,
    });
    this.limit = limit;
    this.maximum = maximum;
    this.actual = actual;
    this.what = what;
  }
}

/** A call on something that was closed before. */
export class ClosedError extends SottoError {
  static override readonly code = "sotto.closed";
  readonly what: string;

  constructor(what: string) {
    super("sotto.closed", `${what} is closed.`, { what });
    this.what = what;
  }
}
