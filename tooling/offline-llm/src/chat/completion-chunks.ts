import type { ChatRequest } from "./chat-request.ts";
import type { Completion } from "./completion.ts";

const ARGUMENT_CHARS_PER_CHUNK = 16;

/** The chunks of a streamed answer, in order; the transport adds `[DONE]`. */
export function* completionChunks(completion: Completion, { n, includeUsage }: ChatRequest): Generator<object> {
  const { id, created, model, tokens, toolCalls, finishReason, usage } = completion;
  const head = { id, object: "chat.completion.chunk", created, model };
  const chunk = (index: number, delta: object, finish: string | null = null) => ({
    ...head,
    choices: [{ index, delta, logprobs: null, finish_reason: finish }],
    ...(includeUsage && { usage: null }),
  });
  const each = function* (delta: object) {
    for (let index = 0; index < n; index++) yield chunk(index, delta);
  };
  yield* each({ role: "assistant", content: toolCalls.length > 0 ? null : "", refusal: null });
  for (const content of tokens) yield* each({ content });
  for (const [index, call] of toolCalls.entries()) {
    yield* each({
      tool_calls: [{ index, id: call.id, type: "function", function: { name: call.name, arguments: "" } }],
    });
    for (let at = 0; at < call.arguments.length; at += ARGUMENT_CHARS_PER_CHUNK) {
      yield* each({
        tool_calls: [{ index, function: { arguments: call.arguments.slice(at, at + ARGUMENT_CHARS_PER_CHUNK) } }],
      });
    }
  }
  for (let index = 0; index < n; index++) yield chunk(index, {}, finishReason);
  if (includeUsage) yield { ...head, choices: [], usage };
}
