const MARKER = Symbol.for("sotto.error");

/**
 * Base of every error that this package throws.
 *
 * `code` is stable (`voice_server.<what>`) and is what programs should branch on. `details` holds the values that the
 * message names, as plain JSON; it never holds a key, a secret or a token.
 */
export class VoiceServerError extends Error {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, details: Record<string, unknown> = {}, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
    this.details = details;
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** True for an error of this package, also one that was thrown by another copy of it (ESM beside CommonJS). */
  static isInstance(error: unknown): error is VoiceServerError {
    return isMarked(error) && String(error.code).startsWith("voice_server.");
  }

  /** The wire form, `{ error: { code, message, details } }`. */
  toJSON(): { error: { code: string; message: string; details: Readonly<Record<string, unknown>> } } {
    return { error: { code: this.code, message: this.message, details: this.details } };
  }
}

function isMarked(error: unknown): error is VoiceServerError {
  return typeof error === "object" && error !== null && (error as Record<symbol, unknown>)[MARKER] === true;
}
