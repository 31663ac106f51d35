import * as argumentErrors from "./argument-errors.ts";
import type { SottoErrorCode } from "./codes.ts";
import * as documentErrors from "./document-errors.ts";
import * as embeddingErrors from "./embedding-errors.ts";
import * as indexErrors from "./index-errors.ts";
import * as poolErrors from "./pool-errors.ts";
import * as sessionErrors from "./session-errors.ts";
import { SottoError } from "./sotto-error.ts";
import * as storageErrors from "./storage-errors.ts";

/** An error as it goes over a wire, between threads or to a model. */
export interface ErrorJson {
  error: { code: SottoErrorCode; message: string; details: Readonly<Record<string, unknown>> };
}

const classes: ReadonlyMap<string, { prototype: SottoError; name: string }> = new Map(
  [argumentErrors, documentErrors, embeddingErrors, indexErrors, poolErrors, sessionErrors, storageErrors]
    .flatMap((area) => Object.values(area))
    .map((each) => [each.code, each]),
);

/** Sotto's errors as they are; of others only that there was one, since their message may hold anything. */
export function errorToJson(error: unknown): ErrorJson {
  if (SottoError.isInstance(error)) {
    const { code, message, details } = error;
    return { error: { code, message, details } };
  }
  return { error: { code: "runtime.internal", message: "The call failed for a reason inside of Sotto.", details: {} } };
}

/** The error again, of its class and with its fields: the fields of every class are its `details`. */
export function errorFromJson({ error: { code, message, details } }: ErrorJson): SottoError {
  const error = new SottoError(code, message, { ...details });
  const known = classes.get(code);
  if (known === undefined) return error;
  Object.setPrototypeOf(error, known.prototype);
  return Object.assign(error, details, { name: known.name });
}
