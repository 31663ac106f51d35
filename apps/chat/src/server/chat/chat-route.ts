import { Hono } from "hono";
import { z } from "zod";
import { conversationIdSchema } from "../conversations/conversation-id.ts";
import { readJson } from "../http/read-json.ts";
import type { Identified } from "../identity/user-cookie.ts";
import type { Answerer } from "./answerer.ts";

const MESSAGE_CHARS = 8_000;

/** A question, as `useChat` sends it: text only. All that was said before is the server's to know. */
const questionSchema = z.object({
  id: conversationIdSchema,
  message: z.object({
    id: z.string().min(1).max(64),
    role: z.literal("user"),
    parts: z
      .array(z.object({ type: z.literal("text"), text: z.string().trim().min(1).max(MESSAGE_CHARS) }))
      .min(1)
      .max(1),
  }),
});

export function chatRoute(answerer: Answerer): Hono<Identified> {
  return new Hono<Identified>().post("/", async (c) => {
    const { id, message } = await readJson(c, questionSchema);
    return answerer.answer({ userId: c.get("userId"), conversationId: id, message, signal: c.req.raw.signal });
  });
}
