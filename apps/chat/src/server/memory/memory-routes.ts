import { Hono } from "hono";
import { stream } from "hono/streaming";
import { z } from "zod";
import type { Conversations } from "../conversations/conversations.ts";
import type { Library } from "../documents/library.ts";
import { readJson } from "../http/read-json.ts";
import type { Identified } from "../identity/user-cookie.ts";
import type { MemoryBook } from "./memory-book.ts";

const textSchema = z.object({ text: z.string().trim().min(1).max(2_000) });
const profileSchema = z.record(z.string().trim().min(1).max(60), z.string().trim().min(1).max(1_000).nullable());

export interface MemoryRouteParts {
  book: MemoryBook;
  library: Library;
  conversations: Conversations;
}

/** What the side panel shows, and what its buttons do. */
export function memoryRoutes({ book, library, conversations }: MemoryRouteParts): Hono<Identified> {
  return (
    new Hono<Identified>()
      .get("/", async (c) => c.json(await book.overview(c.get("userId"))))
      .patch("/profile", async (c) => {
        await book.updateProfile(c.get("userId"), await readJson(c, profileSchema));
        return c.json(await book.overview(c.get("userId")));
      })
      .post("/", async (c) => c.json(await book.add(c.get("userId"), (await readJson(c, textSchema)).text), 201))
      .put("/:id", async (c) => {
        const { text } = await readJson(c, textSchema);
        return c.json(await book.correct(c.get("userId"), c.req.param("id"), text));
      })
      .delete("/:id", async (c) => {
        await book.forget(c.get("userId"), c.req.param("id"));
        return c.body(null, 204);
      })
      // Everything. `?documents=true` takes the uploaded documents, too.
      .delete("/", async (c) => {
        const userId = c.get("userId");
        await conversations.leave(userId);
        await book.forgetAll(userId);
        if (c.req.query("documents") === "true") await library.removeAll(userId);
        return c.body(null, 204);
      })
      .get("/export", (c) => {
        c.header("Content-Type", "application/x-ndjson");
        c.header("Content-Disposition", 'attachment; filename="memory.jsonl"');
        return stream(c, async (out) => {
          for await (const line of conversations.exportOf(c.get("userId"))) await out.write(`${line}\n`);
        });
      })
  );
}
