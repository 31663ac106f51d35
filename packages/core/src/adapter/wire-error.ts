import { SottoError } from "../errors/index.ts";

/** An error as it goes over a wire or to a model. */
export interface WireError {
  error: { code: string; message: string; details: Readonly<Record<string, unknown>> };
}

/** Sotto's errors as they are; of others only that there was one, since their message may hold anything. */
export function toWireError(error: unknown): WireError {
  if (SottoError.isInstance(error)) {
    const { code, message, details } = error;
    return { error: { code, message, details } };
  }
  return { error: { code: "runtime.internal", message: "The call failed for a reason inside of Sotto.", details: {} } };
}
