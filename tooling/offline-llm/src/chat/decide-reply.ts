import type { Responder } from "../options.ts";
import type { ChatRequest } from "./chat-request.ts";
import { composeReply } from "./compose-reply.ts";
import { type Reply, say } from "./reply.ts";

/** The scripted reply where there is one, else the server's own. Rejects with the signal's reason when it aborts. */
export async function decideReply(
  request: ChatRequest,
  responder: Responder | undefined,
  signal: AbortSignal,
): Promise<Reply> {
  const own = composeReply(request);
  if (responder === undefined) return own;
  const scripted = await untilAborted(Promise.resolve(responder(request, own)), signal);
  if (scripted === undefined) return own;
  return typeof scripted === "string"
    ? say(scripted)
    : { content: scripted.content ?? null, toolCalls: scripted.toolCalls ?? [] };
}

async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
