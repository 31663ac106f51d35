import type { Context } from "hono";
import type { Env } from "./http/context.ts";

const MODEL_IDS = ["offline-chat", "offline-embedding", "offline-speech", "offline-transcription"];

/** `GET /v1/models`. Any other model name is accepted as well, and answered the same way. */
export function models(c: Context<Env>): Response {
  return c.json({ object: "list", data: MODEL_IDS.map(describe) });
}

/** `GET /v1/models/:id`. */
export function model(c: Context<Env>): Response {
  return c.json(describe(c.req.param("id") ?? ""));
}

function describe(id: string) {
  return { id, object: "model", created: 0, owned_by: "offline-llm" };
}
