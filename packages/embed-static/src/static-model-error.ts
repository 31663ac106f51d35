/**
 * A model file is missing, or is not what the format asks for.
 *
 * `code` is `model.invalid` or `model.unavailable`. Has the shape of a `SottoError` (`SottoError.isInstance` is true),
 * without depending on `@sotto/core`.
 */
export class StaticModelError extends Error {
  readonly code: "model.invalid" | "model.unavailable";
  /** The file that is wrong, for example `scales.f32`. */
  readonly file: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: "model.invalid" | "model.unavailable",
    file: string,
    reason: string,
    details: Record<string, unknown> = {},
    options?: { cause?: unknown },
  ) {
    super(
      `The static model's ${file} ${code === "model.invalid" ? "is not valid" : "cannot be read"}: ${reason}.`,
      options,
    );
    this.name = "StaticModelError";
    this.code = code;
    this.file = file;
    this.details = { file, ...details };
    Object.defineProperty(this, Symbol.for("sotto.error"), { value: true });
  }

  static isInstance(error: unknown): error is StaticModelError {
    if (typeof error !== "object" || error === null) return false;
    const { code } = error as { code?: unknown };
    return Symbol.for("sotto.error") in error && (code === "model.invalid" || code === "model.unavailable");
  }

  /** The wire form, `{ error: { code, message, details } }`. */
  toJSON(): { error: { code: string; message: string; details: Readonly<Record<string, unknown>> } } {
    return { error: { code: this.code, message: this.message, details: this.details } };
  }
}
