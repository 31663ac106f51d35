import { llm } from "@livekit/agents";
import { answeredMessage, isMemoryBlock, memoryBlock, spokenIds, withBlock } from "./memory-block.ts";

const message = (role: llm.ChatRole, id: string, createdAt: number) =>
  llm.ChatMessage.create({ role, id, content: id, createdAt });

function context() {
  const items = [
    message("system", "instructions", 0),
    message("user", "u1", 10),
    message("assistant", "a1", 20),
    message("user", "u2", 30),
    message("assistant", "a2", 40),
  ];
  return new llm.ChatContext(items);
}

describe("a memory block", () => {
  it("stands right before its message, once, on a copy", () => {
    const chatCtx = context();
    const answered = answeredMessage(chatCtx);
    expect(answered?.id).toBe("u2");
    const block = memoryBlock(answered as llm.ChatMessage, "recalled", "user");
    const once = withBlock(chatCtx, block, answered as llm.ChatMessage);
    const twice = withBlock(once, block, answered as llm.ChatMessage);
    expect(twice.items.map(({ id }) => id)).toEqual(["instructions", "u1", "a1", "sotto_memory_u2", "u2", "a2"]);
    expect(chatCtx.items).toHaveLength(5);
  });

  it("is never taken for the message, whatever its role", () => {
    const chatCtx = context();
    const answered = answeredMessage(chatCtx) as llm.ChatMessage;
    const block = memoryBlock(answered, "recalled", "user");
    chatCtx.items = [...chatCtx.items, block];
    expect(answeredMessage(chatCtx)).toBe(answered);
    expect(isMemoryBlock(block)).toBe(true);
    expect(spokenIds(chatCtx.items)).toEqual(["u1", "a1", "u2", "a2"]);
  });

  it("sorts before its message, as the hook's context is sorted", () => {
    const chatCtx = context();
    const answered = message("user", "u3", 50);
    chatCtx.insert(memoryBlock(answered, "recalled", "user"));
    chatCtx.insert(answered);
    expect(chatCtx.items.slice(-2).map(({ id }) => id)).toEqual(["sotto_memory_u3", "u3"]);
  });
});

describe("the ids of what was said", () => {
  it("end before the message that is answered", () => {
    const chatCtx = context();
    expect(spokenIds(chatCtx.items, answeredMessage(chatCtx))).toEqual(["u1", "a1"]);
  });
});
