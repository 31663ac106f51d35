import { SottoError } from "@sotto/core";

/**
 * The model's file is not where it should be (`embedding.model_unavailable`), or is not what the format asks for
 * (`embedding.model_invalid`), or this machine cannot run it (`embedding.model_unsupported`: no WebAssembly SIMD).
 */
export class MultilingualModelError extends SottoError {
  declare readonly code: "embedding.model_unavailable" | "embedding.model_invalid" | "embedding.model_unsupported";

  static override isInstance(error: unknown): error is MultilingualModelError {
    return SottoError.isInstance(error) && /^embedding\.model_(unavailable|invalid|unsupported)$/.test(error.code);
  }
}

/** `where`: the place that was tried. */
export function modelUnavailable(where: string, cause: unknown): MultilingualModelError {
  return new MultilingualModelError(
    "embedding.model_unavailable",
    `The model's file cannot be read from ${where}: ${messageOf(cause)}. Give its place as multilingual({ model }): a path, a URL ` +
      `or its content; it is model/use-multilingual-v3.js in @sotto/embed-multilingual.`,
    { where },
    { cause },
  );
}

export function modelInvalid(reason: string, cause?: unknown): MultilingualModelError {
  return new MultilingualModelError(
    "embedding.model_invalid",
    `The model's file is not valid: ${reason}. Take the file that comes with this version of @sotto/embed-multilingual.`,
    { reason },
    { cause },
  );
}

export function modelUnsupported(reason: string, cause?: unknown): MultilingualModelError {
  return new MultilingualModelError(
    "embedding.model_unsupported",
    `The model cannot run here: ${reason}. It needs WebAssembly with SIMD, and in a page with a content security ` +
      `policy 'wasm-unsafe-eval'.`,
    { reason },
    { cause },
  );
}

/** What an error says, also one of another realm. */
export function messageOf(cause: unknown): string {
  const { message } = Object(cause) as { message?: unknown };
  return typeof message === "string" ? message : String(cause);
}
