import { z } from "zod";

/** Ids of conversations, as the page makes them. */
export const conversationIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{8,64}$/, "a conversation's id has 8 to 64 letters, digits, - or _");

/** The session of a conversation. It begins with its user, so that no id reaches another user's conversation. */
export function sessionOf(userId: string, conversationId: string): string {
  return `${userId}:${conversationId}`;
}

/** The conversation of a session; undefined for one of another user. */
export function conversationIdOf(userId: string, session: string): string | undefined {
  return session.startsWith(`${userId}:`) ? session.slice(userId.length + 1) : undefined;
}
