import { Hono } from "hono";
import { speech } from "./audio/speech-route.ts";
import { transcription } from "./audio/transcription-route.ts";
import { chatCompletions } from "./chat/chat-route.ts";
import { embeddings } from "./embeddings/embeddings-route.ts";
import { ApiError } from "./http/api-error.ts";
import type { Env, ServerState } from "./http/context.ts";
import { readJsonObject } from "./http/json.ts";
import { model, models } from "./models-route.ts";
import type { RecordedRequest } from "./recorded-request.ts";
import { ItemStore } from "./responses/item-store.ts";
import { responses } from "./responses/responses-route.ts";

/** The routes, without a socket. */
export function createApp(state: ServerState): Hono<Env> {
  const app = new Hono<Env>();
  const items = new ItemStore();

  app.use(async (c, next) => {
    const record: RecordedRequest = {
      method: c.req.method,
      path: c.req.path,
      body: undefined,
      status: undefined,
      aborted: false,
      eventsSent: 0,
    };
    state.requests.push(record);
    const signal = AbortSignal.any([c.req.raw.signal, state.closing.signal]);
    c.set("record", record);
    c.set("signal", signal);
    await next();
    if (signal.aborted) record.aborted = true;
    else record.status = c.res.status;
  });
  app.use("/v1/*", async (c, next) => {
    const { apiKey } = state.options;
    if (apiKey !== undefined && c.req.header("Authorization") !== `Bearer ${apiKey}`) {
      throw new ApiError(401, "Incorrect API key provided.", { code: "invalid_api_key" });
    }
    if (c.req.method === "POST" && !c.req.path.endsWith("/transcriptions"))
      c.get("record").body = await readJsonObject(c.req.raw);
    await next();
  });

  app.post("/v1/chat/completions", (c) => chatCompletions(c, state));
  app.post("/v1/responses", (c) => responses(c, state, items));
  app.post("/v1/embeddings", embeddings);
  app.post("/v1/audio/speech", speech);
  app.post("/v1/audio/transcriptions", (c) => transcription(c, state));
  app.get("/v1/models", models);
  app.get("/v1/models/:id", model);
  app.get("/health", (c) => c.json({ status: "ok" }));

  app.notFound((c) =>
    c.json(new ApiError(404, `Invalid URL (${c.req.method} ${c.req.path})`, { code: "unknown_url" }).toJSON(), 404),
  );
  app.onError((error) => {
    const known = error instanceof ApiError ? error : new ApiError(500, error.message);
    return Response.json(known.toJSON(), { status: known.status });
  });
  return app;
}
