import { AIMessage, type BaseMessage, HumanMessage } from "@langchain/core/messages";

/** Whether a human message is the user speaking. */
export type IsUserMessage = (message: HumanMessage) => boolean;

export interface LastExchange {
  /** What the user said last: one message or several in a row. */
  asked: HumanMessage[];
  /** What stands before it. */
  before: BaseMessage[];
  /** What came after it: the model's messages and the tools'. */
  after: BaseMessage[];
}

/**
 * By its marks: a summary of LangChain's, and what is marked by `additional_kwargs.sotto.isUserMessage: false`, are no
 * words of the user's.
 */
export const saidByUser: IsUserMessage = ({ additional_kwargs: marks }) =>
  marks.lc_source === undefined && (marks.sotto as { isUserMessage?: unknown } | undefined)?.isUserMessage !== false;

/** Undefined while the user has said nothing. */
export function lastExchange(messages: readonly BaseMessage[], isUserMessage: IsUserMessage): LastExchange | undefined {
  const speaks = (message: BaseMessage | undefined): message is HumanMessage =>
    HumanMessage.isInstance(message) && isUserMessage(message);
  const end = messages.findLastIndex(speaks);
  if (end === -1) return undefined;
  let start = end;
  while (speaks(messages[start - 1])) start--;
  return {
    asked: messages.slice(start, end + 1).filter(speaks),
    before: messages.slice(0, start),
    after: messages.slice(end + 1),
  };
}

/** The model's messages that say something. */
export function spokenAnswers(messages: readonly BaseMessage[]): AIMessage[] {
  return messages.filter(AIMessage.isInstance).filter(({ text }) => text.trim() !== "");
}

export function textOf(messages: readonly BaseMessage[]): string {
  return messages
    .map(({ text }) => text)
    .filter((text) => text.trim() !== "")
    .join("\n");
}
