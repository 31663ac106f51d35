const MARKER = Symbol.for("sotto.error");

/**
 * Base of every error that Sotto throws.
 *
 * `code` is stable (`<area>.<what>`, for example `index.not_found`) and is what programs should branch on. `details`
 * holds the values that the message names, as plain JSON; it never holds document text, embeddings or secrets.
 */
export class SottoError extends Error {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, details: Record<string, unknown> = {}, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
    this.details = details;
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** True for a Sotto error, also one that was thrown by another copy of this package (ESM beside CommonJS). */
  static isInstance(error: unknown): error is SottoError {
    return typeof error === "object" && error !== null && (error as Record<symbol, unknown>)[MARKER] === true;
  }

  /** The wire form, `{ error: { code, message, details } }`. */
  toJSON(): { error: { code: string; message: string; details: Readonly<Record<string, unknown>> } } {
    return { error: { code: this.code, message: this.message, details: this.details } };
  }
}

/** True when `error` is a Sotto error with this code, whichever copy of the package threw it. */
export function hasCode(error: unknown, code: string): error is SottoError {
  return SottoError.isInstance(error) && error.code === code;
}

/** A Sotto error's code; for others the name of their class. For logs and traces: a message may quote what a user said. */
export function codeOf(error: unknown): string {
  if (SottoError.isInstance(error)) return error.code;
  return error instanceof Error ? error.name : "Error";
}
