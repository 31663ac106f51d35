import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { stream } from "hono/streaming";
import type { UploadEvent } from "../../shared/api.ts";
import { badRequest, RequestError } from "../http/request-error.ts";
import type { Identified } from "../identity/user-cookie.ts";
import { fileName } from "./file-name.ts";
import type { Library } from "./library.ts";

/** `GET /`, `POST /?name=` with the file as the body, `DELETE /:name`. */
export function documentRoutes(library: Library, { maxUploadBytes }: { maxUploadBytes: number }): Hono<Identified> {
  const limit = bodyLimit({
    maxSize: maxUploadBytes,
    onError: () => {
      throw new RequestError(
        413,
        "server.payload_too_large",
        `The file is larger than ${(maxUploadBytes / 1_000_000).toLocaleString("en")} MB, the most that can be uploaded.`,
      );
    },
  });

  return new Hono<Identified>()
    .get("/", async (c) => c.json(await library.list(c.get("userId"))))
    .post("/", limit, async (c) => {
      const name = fileName(c.req.query("name") ?? "");
      const bytes = new Uint8Array(await c.req.arrayBuffer());
      if (bytes.length === 0) throw badRequest(`${name} is empty.`);
      c.header("Content-Type", "application/x-ndjson");
      c.header("X-Accel-Buffering", "no");
      return stream(c, async (lines) => {
        const send = (event: UploadEvent) => lines.write(`${JSON.stringify(event)}\n`);
        try {
          await send({ phase: "read" });
          const document = await library.add(c.get("userId"), name, bytes, {
            onProgress: ({ done, total }) => void send({ phase: "index", done, total }),
          });
          await send({ phase: "done", document });
        } catch (error) {
          if (!(error instanceof RequestError)) console.error(`${name} could not be added`, error);
          const message = error instanceof RequestError ? error.message : "The document could not be added.";
          await send({ phase: "failed", message });
        }
      });
    })
    .delete("/:name", async (c) => {
      await library.remove(c.get("userId"), c.req.param("name"));
      return c.body(null, 204);
    });
}
