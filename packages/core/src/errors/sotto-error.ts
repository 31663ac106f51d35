import type { SottoErrorCode } from "./codes.ts";

const MARKER = Symbol.for("sotto.error");

/**
 * Base of every error that Sotto throws.
 *
 * `code` is stable (`<area>.<what>`, for example `index.not_found`) and is what programs should branch on. `details`
 * holds the values that the message names, as plain JSON; it never holds document text, embeddings or secrets.
 */
export class SottoError extends Error {
  /** The code of all errors of a class; undefined for the base. */
  static readonly code: SottoErrorCode | undefined = undefined;

  readonly code: SottoErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: SottoErrorCode,
    message: string,
    details: Record<string, unknown> = {},
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
    this.details = details;
    Object.defineProperty(this, MARKER, { value: true });
  }

  /**
   * True for an error of the class that it is called on, also one that was thrown by another copy of this package (ESM
   * beside CommonJS) or that came over a wire.
   */
  static isInstance<Class extends { code: SottoErrorCode | undefined; prototype: SottoError }>(
    this: Class,
    error: unknown,
  ): error is Class["prototype"] {
    if (typeof error !== "object" || error === null) return false;
    const { [MARKER]: marked, code } = error as { [MARKER]?: unknown; code?: unknown };
    return marked === true && (this.code === undefined || this.code === code);
  }

  /** The wire form, `{ error: { code, message, details } }`. */
  toJSON(): { error: { code: SottoErrorCode; message: string; details: Readonly<Record<string, unknown>> } } {
    return { error: { code: this.code, message: this.message, details: this.details } };
  }
}

/** True when `error` is a Sotto error with this code, whichever copy of the package threw it. */
export function hasCode(error: unknown, code: SottoErrorCode): error is SottoError {
  return SottoError.isInstance(error) && error.code === code;
}

/** A Sotto error's code; for others the name of their class. For logs and traces: a message may quote what a user said. */
export function codeOf(error: unknown): string {
  if (SottoError.isInstance(error)) return error.code;
  return error instanceof Error ? error.name : "Error";
}
