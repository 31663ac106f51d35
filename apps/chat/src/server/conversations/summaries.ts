import type { Sotto, Turn } from "@sotto/core";
import type { ConversationSummary } from "../../shared/api.ts";
import { conversationIdOf } from "./conversation-id.ts";

const TITLE_CHARS = 60;

interface SessionLine {
  type: "session";
  sessionId: string;
  ended: boolean;
  updatedAt: number;
}

type Line = SessionLine | ({ type: "turn" } & Turn) | { type: "profile" | "memory" | "document" };

/**
 * A user's conversations, newest first, made from what is stored of them now: no title outlives the words that it came
 * from. One without any words left is none.
 */
export async function summaries(
  sotto: Sotto,
  userId: string,
): Promise<{ conversations: (ConversationSummary & { ended: boolean })[] }> {
  const found = new Map<string, ConversationSummary & { ended: boolean }>();
  for await (const json of sotto.export({ user: userId })) {
    const line = JSON.parse(json) as Line;
    if (line.type === "session") {
      const id = conversationIdOf(userId, line.sessionId);
      if (id !== undefined) found.set(line.sessionId, { id, title: "", updatedAt: line.updatedAt, ended: line.ended });
    } else if (line.type === "turn") {
      const summary = found.get(line.sessionId);
      if (summary === undefined) continue;
      if (summary.title === "") summary.title = titleOf(line.text);
      summary.updatedAt = Math.max(line.at, 0);
    }
  }
  const conversations = [...found.values()].filter(({ title }) => title !== "");
  return { conversations: conversations.sort((a, b) => b.updatedAt - a.updatedAt) };
}

function titleOf(text: string): string {
  const line = text.trim().split(/\s+/).join(" ");
  return line.length <= TITLE_CHARS ? line : `${line.slice(0, TITLE_CHARS).replace(/\s+\S*$/, "")} …`;
}
