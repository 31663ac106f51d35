import { SottoError } from "./sotto-error.ts";

/** A filter has an unknown operator or an operand of the wrong type; `path` says where. */
export class FilterInvalidError extends SottoError {
  readonly path: string;
  readonly reason: string;

  constructor(path: string, reason: string) {
    super("filter.invalid", `The filter is malformed at "${path}": ${reason}.`, { path, reason });
    this.path = path;
    this.reason = reason;
  }

  static override isInstance(error: unknown): error is FilterInvalidError {
    return SottoError.isInstance(error) && error.code === "filter.invalid";
  }
}
