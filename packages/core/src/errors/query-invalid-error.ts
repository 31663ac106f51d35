import { SottoError } from "./sotto-error.ts";

/** A query text or one of its options is missing, of the wrong type or out of range. */
export class QueryInvalidError extends SottoError {
  readonly reason: string;
  readonly field: string | undefined;

  constructor(reason: string, field?: string) {
    super("query.invalid", `The query is not valid: ${reason}.`, { field, reason });
    this.reason = reason;
    this.field = field;
  }

  static override isInstance(error: unknown): error is QueryInvalidError {
    return SottoError.isInstance(error) && error.code === "query.invalid";
  }
}
