import { llm } from "@livekit/agents";

const BLOCK_ID_PREFIX = "sotto_memory_";

/** What was recalled for a user's message, as a message of its own. Its id depends on the user's message only. */
export function memoryBlock(message: llm.ChatMessage, contextText: string, role: llm.ChatRole): llm.ChatMessage {
  return llm.ChatMessage.create({
    id: `${BLOCK_ID_PREFIX}${message.id}`,
    role,
    content: contextText,
    createdAt: message.createdAt - 1,
  });
}

export function isMemoryBlock({ id }: llm.ChatItem): boolean {
  return id.startsWith(BLOCK_ID_PREFIX);
}

/** The user's message that the model is to answer: the newest. */
export function answeredMessage({ items }: llm.ChatContext): llm.ChatMessage | undefined {
  const item = items.findLast(
    (candidate) => candidate.type === "message" && candidate.role === "user" && !isMemoryBlock(candidate),
  );
  return item?.type === "message" ? item : undefined;
}

/** A copy in which the block stands right before its message, once. */
export function withBlock(chatCtx: llm.ChatContext, block: llm.ChatMessage, message: llm.ChatMessage): llm.ChatContext {
  const copy = chatCtx.copy();
  copy.items = copy.items
    .filter(({ id }) => id !== block.id)
    .flatMap((item) => (item.id === message.id ? [block, item] : [item]));
  return copy;
}

/** Ids of what was said and is in the model's context anyway, up to the message that is being answered. */
export function spokenIds(items: readonly llm.ChatItem[], before?: llm.ChatMessage): string[] {
  const ids: string[] = [];
  for (const item of items) {
    if (item.id === before?.id) break;
    if (item.type !== "message" || isMemoryBlock(item)) continue;
    if (item.role === "user" || item.role === "assistant") ids.push(item.id);
  }
  return ids;
}
