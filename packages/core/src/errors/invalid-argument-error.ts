import { SottoError } from "./sotto-error.ts";

/** An argument of a call has the wrong type or is out of range. */
export class InvalidArgumentError extends SottoError {
  readonly argument: string;
  readonly reason: string;

  constructor(argument: string, reason: string) {
    super("argument.invalid", `${argument} is not valid: ${reason}.`, { argument, reason });
    this.argument = argument;
    this.reason = reason;
  }

  static override isInstance(error: unknown): error is InvalidArgumentError {
    return SottoError.isInstance(error) && error.code === "argument.invalid";
  }
}
