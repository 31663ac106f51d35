import { setTimeout as sleep } from "node:timers/promises";
import { type ChatMemory, chatMemory } from "@sotto/ai-sdk";
import type { Sotto } from "@sotto/core";
import { createIdGenerator } from "ai";
import type { ConversationSummary } from "../../shared/api.ts";
import { sessionOf } from "./conversation-id.ts";
import { summaries } from "./summaries.ts";

/** How long a new conversation waits for the one before to become memory; it goes on in the background. */
const CONSOLIDATE_WAIT_MS = 3_000;

const generateMessageId = createIdGenerator({ prefix: "answer", size: 16 });

export interface ConversationScope {
  user: { id: string; name: string };
  session: string;
}

/**
 * The conversations of users. Each is a session of Sotto; it ends, and becomes memory, when its user goes on to another
 * one. It can be taken up again at any time.
 */
export class Conversations {
  readonly #sotto: Sotto;
  /** By user: the conversation that they are in. */
  readonly #current = new Map<string, string>();

  constructor(sotto: Sotto) {
    this.#sotto = sotto;
  }

  /** Newest first. */
  async list(userId: string): Promise<ConversationSummary[]> {
    const { conversations } = await summaries(this.#sotto, userId);
    return conversations.map(({ ended: _, ...summary }) => summary);
  }

  /** Whose memory a conversation reads and writes. The user goes by the name of their profile, else by "User". */
  async scopeOf(userId: string, conversationId: string): Promise<ConversationScope> {
    const { name } = (await this.#sotto.profile(userId)).data;
    const user = { id: userId, name: typeof name === "string" && name.trim() !== "" ? name : "User" };
    return { user, session: sessionOf(userId, conversationId) };
  }

  /** The messages of one conversation; none for one that has not begun. */
  chat(scope: ConversationScope): ChatMemory {
    return chatMemory(this.#sotto, { scope, generateMessageId });
  }

  /** The user is in this conversation now: those that they were in before end. */
  async enter(userId: string, conversationId: string): Promise<void> {
    if (this.#current.get(userId) === conversationId) return;
    this.#current.set(userId, conversationId);
    const { conversations } = await summaries(this.#sotto, userId);
    const left = conversations.filter(({ id, ended }) => !ended && id !== conversationId);
    const ending = Promise.all(left.map(({ id }) => this.#end(userId, id)));
    await Promise.race([ending, sleep(CONSOLIDATE_WAIT_MS, undefined, { ref: false })]);
  }

  /** Forgets a conversation, with all that memory made of it. */
  async remove(userId: string, conversationId: string): Promise<void> {
    if (this.#current.get(userId) === conversationId) this.#current.delete(userId);
    await this.#sotto.forget({ session: sessionOf(userId, conversationId) });
  }

  /** The user is in none any more. */
  leave(userId: string): void {
    this.#current.delete(userId);
  }

  /** Everything that is stored about a user, as JSON lines. */
  exportOf(userId: string): AsyncIterable<string> {
    return this.#sotto.export({ user: userId });
  }

  /** Ends the conversations that users are in, so that the next start of the server finds them in memory. */
  async close(): Promise<void> {
    await Promise.all([...this.#current].map(([userId, id]) => this.#end(userId, id)));
    this.#current.clear();
  }

  async #end(userId: string, conversationId: string): Promise<void> {
    const session = sessionOf(userId, conversationId);
    await this.#sotto.endSession({ user: userId, session }).catch((error: unknown) => {
      console.warn("a conversation could not be ended; it is when its user comes back", error);
    });
  }
}
