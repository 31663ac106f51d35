import { isPlain } from "./find-rows.ts";
import { linesOf, proseOf } from "./write-record.ts";

type Plain = Record<string, unknown>;

/** A message of a chat: who said it, and what. */
export interface ChatMessage {
  role: string;
  text: string;
  /** Its other fields. */
  rest: Plain;
}

const MESSAGE_LISTS = ["messages", "conversation", "conversations", "turns", "dialogue", "dialog"];
const ROLES = ["role", "from", "speaker", "sender", "author"];
const TEXTS = ["content", "value", "text", "parts", "message"];

/** The messages of a record that is a conversation, under which name, and the rest of it; undefined for any other. */
export function conversationOf(record: Plain): { messages: ChatMessage[]; rest: Plain } | undefined {
  for (const name of MESSAGE_LISTS) {
    const list = record[name];
    if (!Array.isArray(list) || list.length === 0) continue;
    const messages = list.map(messageOf);
    if (messages.some((message) => message === undefined)) continue;
    const { [name]: _, ...rest } = record;
    return { messages: messages.filter((message) => message !== undefined), rest };
  }
  return undefined;
}

/** `{ role: "user", content: "…" }`, content as text or as parts; nested fields, such as calls of tools, follow as lines. */
export function messageOf(value: unknown): ChatMessage | undefined {
  if (!isPlain(value)) return undefined;
  const role = ROLES.find((name) => typeof value[name] === "string");
  const text = TEXTS.find((name) => name !== role && value[name] !== undefined);
  if (role === undefined || text === undefined) return undefined;
  const { [role]: who, [text]: said, ...rest } = value;
  const nested = Object.entries(rest).filter(([, item]) => typeof item === "object");
  const lines = nested.flatMap(([name, item]) => linesOf(name, item));
  return { role: String(who), text: [proseOf(said), ...lines].filter((each) => each !== "").join("\n"), rest };
}

export function writeConversation(messages: readonly ChatMessage[]): string {
  return messages
    .filter(({ text }) => text.trim() !== "")
    .map(({ role, text }) => `${role.charAt(0).toUpperCase()}${role.slice(1)}: ${text}`)
    .join("\n\n");
}
