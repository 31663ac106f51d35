import { SottoError } from "@sotto/core";

/** The errors of the server itself, before a call reaches the memory. None holds anything of what was sent. */
export const serverErrors = {
  badRequest: (reason: string) =>
    new SottoError("server.bad_request", `The request cannot be read: ${reason}.`, { reason }),
  unauthorized: () =>
    new SottoError("server.unauthorized", "There is no such key. Send one as Authorization: Bearer <key>.", {}),
  forbidden: (role: string, least: string) =>
    new SottoError("server.forbidden", `A ${role} key may not do this; it takes a ${least} key.`, { role, least }),
  foreignOrigin: () =>
    new SottoError(
      "server.foreign_origin",
      "This server answers no web pages but those of its option origins, and without keys only callers on this machine.",
      {},
    ),
  projectMismatch: () =>
    new SottoError("server.project_mismatch", "This server serves another project than X-Project-Id names.", {}),
  notFound: () => new SottoError("server.not_found", "There is no such path. GET /v1/openapi.json names all.", {}),
  methodNotAllowed: (allowed: string) =>
    new SottoError("server.method_not_allowed", `This path takes ${allowed} only.`, { allowed }),
  notJson: () =>
    new SottoError(
      "server.unsupported_media_type",
      "The body must be JSON, sent as Content-Type: application/json.",
      {},
    ),
  tooLarge: (limit: string, maximum: number) =>
    new SottoError(
      "server.payload_too_large",
      `The request is over the limit ${limit} = ${maximum}. Send it in several.`,
      { limit, maximum },
    ),
};
