import type { Responder } from "../options.ts";
import type { ChatRequest } from "./chat-request.ts";
import { composeReply } from "./compose-reply.ts";
import { type Reply, say } from "./reply.ts";

/** The scripted reply where there is one, else the server's own. Rejects when the signal aborts. */
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
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(new Error("The client left.", { cause: signal.reason }));
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
