import { textHash } from "./text-hash.ts";

/** What a prompt of a provider and the messages of a call have in common. */
export interface ConversationMessage {
  role: string;
  content: string | readonly { readonly type: string }[];
}

/** The turn that a prompt asks for. */
export interface Conversation {
  /** The same for every step, retry and resend of one turn: a hash of all messages up to the last one of the user. */
  turnId: string;
  /** Text of the user's last message; "" when it has none. */
  userText: string;
  /** Turns before it that the model sees: the user's messages, and the answers (of any number of steps) that have a text. */
  turnsBefore: number;
  /** Steps of this turn that were made already. */
  steps: number;
}

/** Undefined for a prompt without a message of the user. */
export async function conversationOf(messages: readonly ConversationMessage[]): Promise<Conversation | undefined> {
  const last = messages.findLastIndex(({ role }) => role === "user");
  const message = messages[last];
  if (message === undefined) return undefined;
  const spoken = messages.slice(0, last + 1).filter(({ role }) => role !== "system");
  return {
    turnId: await textHash(JSON.stringify(spoken.map(({ role, content }) => [role, fingerprint(content)]))),
    userText: textOf(message.content),
    turnsBefore: turnsIn(messages.slice(0, last)),
    steps: messages.slice(last + 1).filter(({ role }) => role === "assistant").length,
  };
}

/** The text parts of a message, joined by line breaks. */
export function textOf(content: ConversationMessage["content"]): string {
  if (typeof content === "string") return content.trim();
  return content
    .flatMap((part) => ("text" in part && part.type === "text" && typeof part.text === "string" ? part.text : []))
    .join("\n")
    .trim();
}

function turnsIn(messages: readonly ConversationMessage[]): number {
  let turns = 0;
  let answered = true;
  for (const { role, content } of messages) {
    if (role === "user") {
      turns++;
      answered = false;
    } else if (role === "assistant" && !answered && textOf(content) !== "") {
      turns++;
      answered = true;
    }
  }
  return turns;
}

/** Files count by name and type: their bytes may be large, and be given as a link, then as data. */
function fingerprint(content: ConversationMessage["content"]): unknown {
  if (typeof content === "string") return [content];
  return content.map((part) => {
    const { type, text, filename, mediaType, toolCallId } = part as Record<string, unknown>;
    return type === "text" ? text : [type, text, filename, mediaType, toolCallId];
  });
}
