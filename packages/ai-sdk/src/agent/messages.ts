import type { ModelMessage } from "ai";
import { withoutMemoryBlock } from "../turn/memory-block.ts";

/** Messages with a block in the message at a place, before its text, once; the given ones are not changed. */
export function withBlockBefore(messages: readonly ModelMessage[], block: string, at: number): ModelMessage[] {
  return messages.map((message, place): ModelMessage => {
    if (place !== at || message.role !== "user") return message;
    const content = typeof message.content === "string" ? [textPart(message.content)] : message.content;
    const own = content.filter((part) => part.type !== "text" || withoutMemoryBlock(part.text) !== "");
    return { ...message, content: [textPart(block), ...own] };
  });
}

function textPart(text: string): { type: "text"; text: string } {
  return { type: "text", text };
}
