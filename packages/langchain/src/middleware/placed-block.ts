import { type BaseMessage, HumanMessage } from "@langchain/core/messages";

/**
 * Where recalled text stands. `user`, the default: before the text of the user's question, as data, so that all before it
 * stays the same from turn to turn and providers can cache it. `system`: at the end of the system message.
 */
export type Placement = "system" | "user";

/**
 * Messages with a block in the question's own message, before its text (some providers refuse two messages of the user's
 * in a row). The given ones are not changed, and no checkpoint holds it.
 */
export function withBlockBefore(messages: readonly BaseMessage[], block: string, question: BaseMessage): BaseMessage[] {
  const at = messages.findLastIndex((message) =>
    question.id === undefined ? message === question : message.id === question.id,
  );
  return messages.map((message, place) =>
    place === at && HumanMessage.isInstance(message) ? joined(message, block) : message,
  );
}

function joined(message: HumanMessage, block: string): HumanMessage {
  const { content } = message;
  return new HumanMessage({
    ...(message.id === undefined ? {} : { id: message.id }),
    ...(message.name === undefined ? {} : { name: message.name }),
    additional_kwargs: message.additional_kwargs,
    response_metadata: message.response_metadata,
    content: typeof content === "string" ? `${block}\n\n${content}` : [{ type: "text", text: block }, ...content],
  } as ConstructorParameters<typeof HumanMessage>[0]);
}
