import { SottoError, type SottoErrorCode } from "@sotto/core";

const EXACT: Readonly<Record<string, SottoErrorCode>> = {
  "server.payload_too_large": "runtime.payload_too_large",
  "server.bad_request": "runtime.bad_request",
  "server.unsupported_media_type": "runtime.bad_request",
  "server.project_mismatch": "runtime.identity_mismatch",
  "session.identity_mismatch": "runtime.identity_mismatch",
  "session.not_found": "runtime.session_not_found",
};
const BAD_REQUEST = /^(argument|query|filter|limit|document)\./;
const NOT_NOW = /^(storage|pool|sotto|embedding)\./;

/** The error under the runtime's own code; the memory's code stands in its details. */
export function runtimeError(error: unknown, route: string): unknown {
  if (!SottoError.isInstance(error) || error.code.startsWith("runtime.")) return error;
  const code = codeFor(error.code, route);
  return code === undefined ? error : new SottoError(code, error.message, { ...error.details, cause: error.code });
}

function codeFor(code: SottoErrorCode, route: string): SottoErrorCode | undefined {
  if (EXACT[code] !== undefined) return EXACT[code];
  if (BAD_REQUEST.test(code)) return "runtime.bad_request";
  if (!NOT_NOW.test(code)) return code.startsWith("server.") ? undefined : "runtime.internal";
  return route === "runtimeSessionStart" ? "runtime.bootstrap_failed" : "runtime.projection_unavailable";
}
