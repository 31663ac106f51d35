import { randomUUID } from "node:crypto";
import { tokensOf } from "../text/tokens.ts";
import type { ChatRequest } from "./chat-request.ts";
import type { Reply } from "./reply.ts";

export type FinishReason = "stop" | "length" | "tool_calls";

/** A reply as it goes on the wire: tokens cut by `stop` and `max_tokens`, ids given, usage counted. */
export interface Completion {
  id: string;
  /** Seconds since 1970. */
  created: number;
  model: string;
  tokens: readonly string[];
  toolCalls: readonly { id: string; name: string; arguments: string }[];
  finishReason: FinishReason;
  usage: { prompt_tokens: number; completion_tokens: number; total_tokens: number };
}

/** @param nowMs milliseconds since 1970 */
export function complete(request: ChatRequest, reply: Reply, nowMs: number): Completion {
  const { tokens, cut } = limit(reply.content ?? "", request);
  const toolCalls = reply.toolCalls.map((call) => ({
    id: `call_${randomUUID().replaceAll("-", "").slice(0, 24)}`,
    name: call.name,
    arguments: typeof call.arguments === "string" ? call.arguments : JSON.stringify(call.arguments),
  }));
  const prompt = request.messages.reduce((sum, message) => sum + tokensOf(message.text).length + 3, 0);
  const callTokens = toolCalls.reduce((sum, call) => sum + tokensOf(call.arguments).length + 1, 0);
  const completion = (tokens.length + callTokens) * request.n;
  return {
    id: `chatcmpl-${randomUUID()}`,
    created: Math.floor(nowMs / 1000),
    model: request.model,
    tokens,
    toolCalls,
    finishReason: toolCalls.length > 0 ? "tool_calls" : cut ? "length" : "stop",
    usage: { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion },
  };
}

function limit(content: string, { stop, maxTokens }: ChatRequest): { tokens: string[]; cut: boolean } {
  const ends = stop.map((text) => content.indexOf(text)).filter((at) => at >= 0);
  const tokens = tokensOf(ends.length > 0 ? content.slice(0, Math.min(...ends)) : content);
  if (maxTokens === undefined || tokens.length <= maxTokens) return { tokens, cut: false };
  return { tokens: tokens.slice(0, maxTokens), cut: true };
}

/** The body of an answer that is not streamed. */
export function completionBody(completion: Completion, n: number) {
  const { id, created, model, tokens, toolCalls, finishReason, usage } = completion;
  const message = {
    role: "assistant",
    content: toolCalls.length > 0 && tokens.length === 0 ? null : tokens.join(""),
    refusal: null,
    ...(toolCalls.length > 0 && {
      tool_calls: toolCalls.map((call) => ({
        id: call.id,
        type: "function",
        function: { name: call.name, arguments: call.arguments },
      })),
    }),
  };
  const choices = Array.from({ length: n }, (_, index) => ({
    index,
    message,
    logprobs: null,
    finish_reason: finishReason,
  }));
  return { id, object: "chat.completion", created, model, choices, usage };
}
