import { errorToJson, type Logger } from "@sotto/core";
import type { Context } from "hono";
import { statusOf } from "./status-of.ts";

/** The error as JSON, with the status of its code. What went wrong inside is logged by its class alone: it may hold text. */
export function answerError(c: Context, error: unknown, logger: Logger): Response {
  const json = errorToJson(error);
  const status = statusOf(json.error.code);
  if (status >= 500)
    logger.error("a request failed", {
      path: c.req.routePath,
      code: json.error.code,
      error: error instanceof Error ? error.name : typeof error,
    });
  if (status === 401) c.header("www-authenticate", "Bearer");
  // What was not read of the body still comes: nothing else can be said over this connection.
  if (status === 413) c.header("connection", "close");
  return c.json(json, status);
}
