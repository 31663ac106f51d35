import { AIMessage, type BaseMessage, HumanMessage } from "@langchain/core/messages";

export interface LastExchange {
  /** What the user said last: one message or several in a row. */
  asked: HumanMessage[];
  /** What came after it: the model's messages and the tools'. */
  after: BaseMessage[];
}

/** Undefined while the user has said nothing. */
export function lastExchange(messages: readonly BaseMessage[]): LastExchange | undefined {
  const end = messages.findLastIndex(HumanMessage.isInstance);
  if (end === -1) return undefined;
  let start = end;
  while (start > 0 && HumanMessage.isInstance(messages[start - 1])) start--;
  return {
    asked: messages.slice(start, end + 1).filter(HumanMessage.isInstance),
    after: messages.slice(end + 1),
  };
}

/** The model's messages that say something. */
export function spokenAnswers(messages: readonly BaseMessage[]): AIMessage[] {
  return messages.filter(AIMessage.isInstance).filter(({ text }) => text.trim() !== "");
}
