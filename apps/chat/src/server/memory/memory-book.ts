import type { MemoryRecord, ProfilePatch, Sotto } from "@sotto/core";
import type { MemoryItem, MemoryOverview, Passage } from "../../shared/api.ts";
import { conversationIdOf } from "../conversations/conversation-id.ts";
import { notFound } from "../http/request-error.ts";

/** What memory holds about a user, to be seen, corrected and forgotten by them. */
export class MemoryBook {
  readonly #sotto: Sotto;

  constructor(sotto: Sotto) {
    this.#sotto = sotto;
  }

  async overview(userId: string): Promise<MemoryOverview> {
    const [profile, memories] = await Promise.all([this.#sotto.profile(userId), this.#sotto.memories(userId)]);
    return {
      profile: Object.fromEntries(Object.entries(profile.data).map(([key, value]) => [key, asText(value)])),
      memories: memories.map((record) => itemOf(record, userId)).sort((a, b) => b.at - a.at),
    };
  }

  /** Null takes a field out. */
  async updateProfile(userId: string, data: ProfilePatch["data"] & object): Promise<void> {
    await this.#sotto.updateProfile(userId, { data });
  }

  async add(userId: string, text: string): Promise<MemoryItem> {
    return itemOf(await this.#sotto.remember(userId, text), userId);
  }

  /** Puts a corrected memory in the place of another. */
  async correct(userId: string, id: string, text: string): Promise<MemoryItem> {
    await this.#find(userId, id);
    return itemOf(await this.#sotto.supersede(userId, id, text), userId);
  }

  /** Forgets a memory, with those that it had replaced (they would hold again), and the words that it was made from. */
  async forget(userId: string, id: string): Promise<void> {
    await this.#find(userId, id);
    const all = await this.#sotto.memories(userId, { includeSuperseded: true });
    const chain = [id];
    for (const last of chain) chain.push(...all.filter((each) => each.supersededBy === last).map((each) => each.id));
    for (const memoryId of chain.reverse()) await this.#sotto.forget({ user: userId, memoryId });
  }

  /** Profile, memories and conversations. */
  async forgetAll(userId: string): Promise<void> {
    await this.#sotto.forget({ user: userId });
  }

  async passage(userId: string, id: string): Promise<Passage> {
    const { text, at, conversationId } = itemOf(await this.#find(userId, id), userId);
    return {
      title: conversationId === undefined ? "Something you told me" : "From an earlier conversation",
      text,
      origin: new Date(at).toISOString(),
      ...(conversationId === undefined ? {} : { conversationId }),
    };
  }

  async #find(userId: string, id: string): Promise<MemoryRecord> {
    const found = (await this.#sotto.memories(userId)).find((each) => each.id === id);
    if (found === undefined) throw notFound("such memory any more");
    return found;
  }
}

function itemOf({ id, text, kind, validFrom, provenance }: MemoryRecord, userId: string): MemoryItem {
  const session = provenance[0]?.sessionId;
  const conversationId = session === undefined ? undefined : conversationIdOf(userId, session);
  return { id, text, kind, at: validFrom, ...(conversationId === undefined ? {} : { conversationId }) };
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
