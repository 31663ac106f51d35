import { REQUEST_BYTES } from "@sotto/client/contract";
import type { Context } from "hono";
import { serverErrors } from "./server-errors.ts";

/** Lists and objects within each other; deeper ones are nobody's memory, and may be meant to exhaust the stack. */
const MOST_DEPTH = 64;

export type Body = Readonly<Record<string, unknown>>;

/** The JSON object that was sent; without a body an empty one. Throws the errors of what is no such thing, or too large. */
export async function readBody(c: Context, mostBytes = REQUEST_BYTES): Promise<Body> {
  const type = c.req.header("content-type");
  // Also keeps web pages out: they cannot send this type to another origin without asking first.
  if (type !== undefined && !/^application\/json\s*(;|$)/i.test(type)) throw serverErrors.notJson();
  const text = await bodyText(c, mostBytes);
  if (text.trim() === "") return {};
  if (type === undefined) throw serverErrors.notJson();
  if (depthOf(text) > MOST_DEPTH) throw serverErrors.badRequest(`it is nested more than ${MOST_DEPTH} deep`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw serverErrors.badRequest("it is no JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw serverErrors.badRequest("the body must be a JSON object");
  return value as Body;
}

async function bodyText(c: Context, mostBytes: number): Promise<string> {
  const length = c.req.header("content-length");
  if (length !== undefined) {
    if (Number(length) > mostBytes) throw serverErrors.tooLarge("requestBytes", mostBytes);
    return c.req.text();
  }
  const reader = c.req.raw.body?.getReader();
  if (reader === undefined) return "";
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > mostBytes) {
      await reader.cancel().catch(() => {});
      throw serverErrors.tooLarge("requestBytes", mostBytes);
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** Without a parser, so that nothing deep is ever built. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (inString) {
      if (char === 0x5c) at++;
      else if (char === 0x22) inString = false;
    } else if (char === 0x22) inString = true;
    else if (char === 0x5b || char === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (char === 0x5d || char === 0x7d) depth--;
  }
  return deepest;
}
