import type { Sotto, UserRef } from "@sotto/core";

/** A chat of a user, for a list of them. */
export interface ListedChat {
  /** The id of its session. */
  id: string;
  /** As it was named, else the beginning of what the user said first. */
  title: string;
  messages: number;
  /** When something was said last, milliseconds since the epoch. */
  updatedAt: number;
}

const TITLE_CHARS = 80;
/** A document of the session, so that it goes with it; a dot in front marks what is no knowledge. */
const TITLE_ID = ".chat-title";

type ExportedLine =
  | { type: "turn"; sessionId: string; role: string; text: string; at: number; metadata?: { uiMessage?: unknown } }
  | { type: "document"; sessionId: string; id: string; text: string }
  | { type: "session" | "memory" | "profile" };

/** The chats of a user, the newest first. Reads all that is stored about the user. */
export async function listChats(memory: Sotto, user: UserRef): Promise<ListedChat[]> {
  const chats = new Map<string, ListedChat>();
  const titles = new Map<string, string>();
  for await (const json of memory.export({ user })) {
    const line = JSON.parse(json) as ExportedLine;
    if (line.type === "document" && line.id === TITLE_ID) titles.set(line.sessionId, line.text);
    if (line.type !== "turn" || line.metadata?.uiMessage === undefined) continue;
    const { sessionId: id, role, text, at } = line;
    const chat = chats.get(id) ?? { id, title: "", messages: 0, updatedAt: 0 };
    chat.messages++;
    chat.updatedAt = Math.max(chat.updatedAt, at);
    if (chat.title === "" && role === "user") chat.title = beginning(text);
    chats.set(id, chat);
  }
  return [...chats.values()]
    .map((chat) => ({ ...chat, title: titles.get(chat.id) ?? chat.title }))
    .sort((a, b) => b.updatedAt - a.updatedAt);
}

/** Names a chat. */
export async function renameChat(
  memory: Sotto,
  scope: { user: UserRef; session: string },
  title: string,
): Promise<void> {
  const session = await memory.session({ id: scope.session, user: scope.user });
  try {
    await session.addDocs([{ id: TITLE_ID, text: title }]);
  } finally {
    await session.close({ end: false });
  }
}

function beginning(text: string): string {
  const line = text.replace(/\s+/gu, " ").trim();
  return line.length <= TITLE_CHARS ? line : `${line.slice(0, TITLE_CHARS - 1).replace(/\p{Surrogate}$/u, "")}…`;
}
