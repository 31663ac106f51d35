import { SottoError } from "./sotto-error.ts";

/** A call on something that was closed before. */
export class ClosedError extends SottoError {
  readonly what: string;

  constructor(what: string) {
    super("sotto.closed", `${what} is closed.`, { what });
    this.what = what;
  }

  static override isInstance(error: unknown): error is ClosedError {
    return SottoError.isInstance(error) && error.code === "sotto.closed";
  }
}
