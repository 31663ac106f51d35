import type { Context } from "hono";
import type { z } from "zod";
import { badRequest } from "./request-error.ts";

/** The body of a request, checked. @throws RequestError 400 that names the field that is wrong */
export async function readJson<Schema extends z.ZodType>(c: Context, schema: Schema): Promise<z.output<Schema>> {
  const body: unknown = await c.req.json().catch(() => {
    throw badRequest("The body is not JSON.");
  });
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0] as z.core.$ZodIssue;
  throw badRequest(path.length === 0 ? message : `${path.map(String).join(".")}: ${message}`);
}
