import { SottoError } from "@sotto/core";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { RequestError } from "./request-error.ts";

/** Every error as `{ error: { code, message } }`; what nobody expected is logged, and not shown. */
export function errorResponse(error: Error, c: Context): Response {
  if (error instanceof RequestError) {
    return c.json({ error: { code: error.code, message: error.message } }, error.status);
  }
  if (error instanceof HTTPException) {
    return c.json({ error: { code: `server.http_${error.status}`, message: error.message } }, error.status);
  }
  if (SottoError.isInstance(error) && /^(argument|limit|document)\./.test(error.code)) {
    return c.json({ error: { code: error.code, message: error.message } }, 400);
  }
  console.error(`${c.req.method} ${c.req.path}`, error);
  return c.json({ error: { code: "server.internal", message: "Something went wrong on the server." } }, 500);
}
