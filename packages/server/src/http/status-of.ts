import type { SottoErrorCode } from "@sotto/core";
import type { ContentfulStatusCode } from "hono/utils/http-status";

const EXACT: Readonly<Record<string, ContentfulStatusCode>> = {
  "server.unauthorized": 401,
  "server.forbidden": 403,
  "server.foreign_origin": 403,
  "server.project_mismatch": 403,
  "server.not_found": 404,
  "server.method_not_allowed": 405,
  "server.payload_too_large": 413,
  "server.unsupported_media_type": 415,
  "server.bad_request": 400,
  "runtime.bad_request": 400,
  "runtime.identity_mismatch": 403,
  "runtime.session_not_found": 404,
  "runtime.payload_too_large": 413,
  "runtime.timeout": 504,
  "runtime.bootstrap_failed": 503,
  "runtime.projection_unavailable": 503,
  "session.identity_mismatch": 403,
  "session.node_only": 400,
  "document.exists": 409,
  "index.exists": 409,
  "index.embedder_mismatch": 409,
  "memory.superseded": 409,
  "memory.not_kept": 409,
  "session.forgotten": 409,
  "user.forgotten": 409,
  "storage.version_conflict": 409,
  "storage.condition_failed": 409,
  "embedding.invalid": 400,
  "sotto.closed": 503,
  "storage.full": 507,
};
const BY_AREA: Readonly<Record<string, ContentfulStatusCode>> = {
  argument: 400,
  limit: 400,
  document: 400,
  filter: 400,
  query: 400,
  pool: 503,
  storage: 503,
  embedding: 503,
  model: 503,
};

/** The HTTP status that goes with an error's code. */
export function statusOf(code: SottoErrorCode): ContentfulStatusCode {
  const [area = "", what = ""] = code.split(".");
  return EXACT[code] ?? (what === "not_found" ? 404 : (BY_AREA[area] ?? 500));
}
