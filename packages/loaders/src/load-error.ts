import { SottoError } from "@sotto/core";
import type { LoadLimits } from "./limits.ts";

/**
 * Why a file could not be loaded.
 *
 * - `loader.unreadable`: it is not what its type says, damaged beyond reading, or encrypted.
 * - `loader.unknown_type`: no loader reads it.
 * - `loader.limit`: it is over one of `LoadLimits`, time and memory included.
 * - `loader.strict`: something in it is damaged, and `strict` was asked for.
 * - `loader.failed`: the thread that loaded it ended.
 */
export type LoadErrorCode =
  | "loader.unreadable"
  | "loader.unknown_type"
  | "loader.limit"
  | "loader.strict"
  | "loader.failed";

/** A file that could not be loaded. The message says why and what can be done; it never quotes the file's text. */
export class LoadError extends SottoError {
  declare readonly code: LoadErrorCode;

  constructor(
    code: LoadErrorCode,
    message: string,
    details: Record<string, unknown> = {},
    options?: { cause?: unknown },
  ) {
    super(code, message, details, options);
  }

  static override isInstance(error: unknown): error is LoadError {
    return SottoError.isInstance(error) && error.code.startsWith("loader.");
  }
}

export function unreadable(message: string, cause?: unknown): LoadError {
  return new LoadError("loader.unreadable", message, {}, { cause });
}

/** `what` is what there is too much of: `columns in line 1`. */
export function overLimit(
  limit: keyof LoadLimits,
  maximum: number,
  actual: number | undefined,
  what: string,
): LoadError {
  const found = actual === undefined ? "more" : actual.toLocaleString("en-US");
  return new LoadError(
    "loader.limit",
    `${what}: ${found} than the limit ${limit} = ${maximum.toLocaleString("en-US")} allows`.replace(
      `${found} than`,
      actual === undefined ? "more than" : `${found}, more than`,
    ),
    { limit, maximum, ...(actual === undefined ? {} : { actual }) },
  );
}
