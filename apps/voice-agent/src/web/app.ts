import { relative } from "node:path";
import { serveStatic } from "@hono/node-server/serve-static";
import { tokenEndpoint, type VoiceServer } from "@sotto/voice-server";
import { Hono } from "hono";
import { CallerCookie } from "./caller-cookie.ts";

export interface WebOptions {
  voiceServer: VoiceServer;
  sessionSecret: string;
  /** Folder of the built page. */
  pageDir: string;
}

const NAME_CHARS = 60;

/** The page, the sample's sign-in, and LiveKit's standard token endpoint behind it. */
export function webApp({ voiceServer, sessionSecret, pageDir }: WebOptions): Hono {
  const cookie = new CallerCookie(sessionSecret);
  const getToken = tokenEndpoint(voiceServer, {
    authorize: async (request) => {
      const caller = await cookie.callerOf(request);
      if (caller === undefined) return null;
      // Every call has a room of its own, whose name nobody else can know.
      return { identity: caller.id, name: caller.name, memory: { user: caller.id } };
    },
  });

  const app = new Hono();
  app.get("/me", async (c) => {
    const caller = await cookie.callerOf(c.req.raw);
    return c.json({ name: caller?.name ?? null });
  });
  app.post("/sign-in", async (c) => {
    const body: unknown = await c.req.json().catch(() => undefined);
    const given = (body as { name?: unknown } | undefined)?.name;
    const name = typeof given === "string" ? given.trim().slice(0, NAME_CHARS) : "";
    if (name === "") return c.json({ error: { code: "server.bad_request", message: "name must be a text" } }, 400);
    const known = await cookie.callerOf(c.req.raw);
    const secure = new URL(c.req.url).protocol === "https:";
    c.header("Set-Cookie", await cookie.set(name, known, secure));
    return c.json({ name });
  });
  app.post("/getToken", (c) => getToken(c.req.raw));
  app.get("*", serveStatic({ root: relative(process.cwd(), pageDir) || "." }));
  return app;
}
