import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "hono";
import type { Env, ServerState } from "../http/context.ts";
import { isObject } from "../http/json.ts";
import { type ServerSentEvent, sendEvents } from "../http/send-events.ts";
import { complete, completionBody } from "./completion.ts";
import { completionChunks } from "./completion-chunks.ts";
import { decideReply } from "./decide-reply.ts";
import { parseChatRequest } from "./parse-chat-request.ts";

/** `POST /v1/chat/completions`. */
export async function chatCompletions(c: Context<Env>, state: ServerState): Promise<Response> {
  const { body } = c.get("record");
  const request = parseChatRequest(isObject(body) ? body : {});
  const reply = await decideReply(request, state.responder, c.get("signal"));
  const completion = complete(request, reply, state.options.now());
  if (request.stream) {
    return sendEvents(c, state, asEvents(completionChunks(completion, request)));
  }
  if (state.options.firstTokenDelayMs > 0)
    await sleep(state.options.firstTokenDelayMs, undefined, { signal: c.get("signal") });
  return c.json(completionBody(completion, request.n));
}

function* asEvents(chunks: Iterable<object>): Generator<ServerSentEvent> {
  for (const chunk of chunks) yield { data: JSON.stringify(chunk) };
  yield { data: "[DONE]" };
}
