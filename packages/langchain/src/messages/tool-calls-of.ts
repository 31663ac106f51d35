import { AIMessage, type BaseMessage, ToolMessage } from "@langchain/core/messages";
import type { JsonValue, ToolCall } from "@sotto/core";

/** The tool calls in messages, in order, each with its result where there is one. */
export function toolCallsOf(messages: readonly BaseMessage[]): ToolCall[] {
  const results = new Map<string, string>();
  for (const message of messages) {
    if (ToolMessage.isInstance(message)) results.set(message.tool_call_id, message.text);
  }
  return messages.filter(AIMessage.isInstance).flatMap((message) =>
    (message.tool_calls ?? []).map(({ id, name, args }) => {
      const result = id === undefined ? undefined : results.get(id);
      return { name, arguments: args as JsonValue, ...(result === undefined ? {} : { result }) };
    }),
  );
}
