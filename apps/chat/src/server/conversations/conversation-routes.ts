import { Hono } from "hono";
import { notFound } from "../http/request-error.ts";
import type { Identified } from "../identity/user-cookie.ts";
import { conversationIdSchema } from "./conversation-id.ts";
import type { Conversations } from "./conversations.ts";

/** `GET /`, `GET /:id/messages`, `DELETE /:id`. */
export function conversationRoutes(conversations: Conversations): Hono<Identified> {
  return new Hono<Identified>()
    .get("/", async (c) => c.json(await conversations.list(c.get("userId"))))
    .get("/:id/messages", async (c) => {
      const scope = await conversations.scopeOf(c.get("userId"), checked(c.req.param("id")));
      return c.json(await conversations.chat(scope).load());
    })
    .delete("/:id", async (c) => {
      await conversations.remove(c.get("userId"), checked(c.req.param("id")));
      return c.body(null, 204);
    });
}

function checked(id: string): string {
  const parsed = conversationIdSchema.safeParse(id);
  if (!parsed.success) throw notFound("such conversation");
  return parsed.data;
}
