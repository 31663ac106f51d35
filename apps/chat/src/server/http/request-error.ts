import type { ContentfulStatusCode } from "hono/utils/http-status";

/** A request that is answered with `{ error: { code, message } }`. */
export class RequestError extends Error {
  readonly status: ContentfulStatusCode;
  readonly code: string;

  constructor(status: ContentfulStatusCode, code: string, message: string) {
    super(message);
    this.name = "RequestError";
    this.status = status;
    this.code = code;
  }
}

export function notFound(what: string): RequestError {
  return new RequestError(404, "server.not_found", `There is no ${what}.`);
}

export function badRequest(message: string): RequestError {
  return new RequestError(400, "server.bad_request", message);
}
