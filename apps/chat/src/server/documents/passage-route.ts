import { Hono } from "hono";
import { z } from "zod";
import { badRequest } from "../http/request-error.ts";
import type { Identified } from "../identity/user-cookie.ts";
import type { MemoryBook } from "../memory/memory-book.ts";
import type { Library } from "./library.ts";

const refSchema = z.object({ lane: z.enum(["org", "permanent"]), id: z.string().min(1).max(600) });

/** `GET /?lane=&id=`: what a citation opens, of the user who asks. */
export function passageRoute(library: Library, book: MemoryBook): Hono<Identified> {
  return new Hono<Identified>().get("/", async (c) => {
    const ref = refSchema.safeParse(c.req.query());
    if (!ref.success) throw badRequest("A passage is named by lane (org or permanent) and id.");
    const { lane, id } = ref.data;
    const userId = c.get("userId");
    return c.json(lane === "org" ? await library.passage(userId, id) : await book.passage(userId, id));
  });
}
