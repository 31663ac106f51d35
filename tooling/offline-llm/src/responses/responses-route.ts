import { randomUUID } from "node:crypto";
import type { Context } from "hono";
import { complete } from "../chat/completion.ts";
import { decideReply } from "../chat/decide-reply.ts";
import type { Env, ServerState } from "../http/context.ts";
import { isObject, type JsonObject } from "../http/json.ts";
import { sendEvents } from "../http/send-events.ts";
import type { ItemStore } from "./item-store.ts";
import { responseEvents } from "./response-events.ts";
import { toChatRequest } from "./to-chat-request.ts";

/** `POST /v1/responses`: messages, function calls, structured text; streamed or not. */
export async function responses(c: Context<Env>, state: ServerState, items: ItemStore): Promise<Response> {
  const { body } = c.get("record");
  const request = toChatRequest(isObject(body) ? body : {}, items);
  const reply = await decideReply(request, state.responder, c.get("signal"));
  const completion = complete(request, reply, state.options.now());
  const output: JsonObject[] = completion.toolCalls.map((call) => ({
    id: `fc_${randomUUID()}`,
    type: "function_call",
    status: "completed",
    call_id: call.id,
    name: call.name,
    arguments: call.arguments,
  }));
  if (output.length === 0 || completion.tokens.length > 0) {
    const text = { type: "output_text", text: completion.tokens.join(""), annotations: [], logprobs: [] };
    output.unshift({
      id: `msg_${randomUUID()}`,
      type: "message",
      status: "completed",
      role: "assistant",
      content: [text],
    });
  }
  for (const item of output) items.add(String(item.id), item);
  const { prompt_tokens, completion_tokens, total_tokens } = completion.usage;
  const cut = completion.finishReason === "length";
  const response = {
    id: `resp_${randomUUID()}`,
    object: "response",
    created_at: completion.created,
    status: cut ? "incomplete" : "completed",
    error: null,
    incomplete_details: cut ? { reason: "max_output_tokens" } : null,
    instructions: null,
    metadata: {},
    model: request.model,
    output,
    parallel_tool_calls: request.parallelToolCalls,
    tool_choice: "auto",
    tools: [],
    usage: {
      input_tokens: prompt_tokens,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: completion_tokens,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens,
    },
  };
  return request.stream ? sendEvents(c, state, responseEvents(response, completion.tokens)) : c.json(response);
}
