import type { Consolidation } from "../consolidation/index.ts";
import { clearAnalysisCache } from "../engine/index.ts";
import type { OpenSession, SessionRegistry } from "../session/index.ts";
import { exchangesOf } from "../session/index.ts";
import { sessionKey, userKeyPrefix } from "../storage/index.ts";
import type { MemoryContext, Provenance, UserPool } from "../user/index.ts";
import { eraseMemories, forgetFromMemory } from "./forget-from-memory.ts";
import type { ForgetResult } from "./forget-result.ts";
import { addForgotten, nothingForgotten } from "./forget-result.ts";

export interface ForgettingParts {
  sessions: SessionRegistry;
  users: UserPool;
  consolidation: Consolidation;
  /** Drops what recall holds in memory. */
  dropRecalled(of: { userId?: string; sessionId?: string }): void;
}

/** Takes users, sessions, memories and documents out of every log, snapshot and loaded index; each call resolves when their bytes are gone. */
export class Forgetting {
  readonly #context: MemoryContext;
  readonly #parts: ForgettingParts;

  constructor(context: MemoryContext, parts: ForgettingParts) {
    this.#context = context;
    this.#parts = parts;
  }

  /** Everything about a user: profile, memories, sessions, and what they and the agent said to each other in other users' sessions. */
  async user(userId: string): Promise<ForgetResult> {
    const { users, sessions } = this.#parts;
    const total = nothingForgotten();
    const entries = await users.use(userId, async (memory) => {
      await memory.refresh();
      addForgotten(total, {
        memories: memory.permanent.index.documents.size,
        profileVersions: memory.profile.history.length,
      });
      return memory.sessions.entries;
    });
    for (const { sessionId, role } of entries) {
      if (!(await sessions.exists(sessionId))) continue;
      if (role === "owner")
        addForgotten(total, { ...(await this.session(sessionId)), memories: 0, profileVersions: 0 });
      else addForgotten(total, { turns: await this.#speaker(sessionId, userId) });
    }
    await users.evict(userId);
    const { storage, project } = this.#context;
    for (const key of await storage.list(userKeyPrefix(project, userId))) await storage.delete(key);
    this.#drop({ userId });
    return total;
  }

  /** A session, with the memories and profile patches that came from it, whoever's they are. */
  async session(sessionId: string): Promise<ForgetResult> {
    const { sessions } = this.#parts;
    const total = nothingForgotten();
    if (!(await sessions.exists(sessionId))) return total;
    await this.#parts.consolidation.settled(sessionId);
    const { people, turns } = await sessions.use(sessionId, async (session) => {
      await session.refresh();
      const { owner, participants } = session.state;
      return {
        people: new Set([...(owner === undefined ? [] : [owner.userId]), ...participants]),
        turns: session.turns.length,
      };
    });
    addForgotten(total, { sessions: 1, turns });
    const isGone = (provenance: Provenance): boolean => provenance.sessionId === sessionId;
    for (const userId of people) addForgotten(total, await this.#fromUser(userId, isGone));
    await this.deleteSession(sessionId, people);
    // Once more, for what another process was consolidating meanwhile.
    for (const userId of people) addForgotten(total, await this.#fromUser(userId, isGone));
    this.#drop({ sessionId });
    return total;
  }

  /** Turns of a session, with what was made from them; what else was said in the same breath is remembered anew. */
  async turns(sessionId: string, turnIds: readonly string[]): Promise<ForgetResult> {
    const { sessions, consolidation } = this.#parts;
    const total = nothingForgotten();
    if (!(await sessions.exists(sessionId))) return total;
    await consolidation.settled(sessionId);
    const gone = new Set(turnIds);
    const { people, turns, remembered } = await sessions.use(sessionId, async (session) => {
      await session.refresh();
      const { owner, participants } = session.state;
      return {
        people: new Set([...(owner === undefined ? [] : [owner.userId]), ...participants]),
        remembered: turnIds.some((id) => session.isConsolidated(id)),
        turns: await eraseTurns(session, turnIds),
      };
    });
    addForgotten(total, { turns });
    const isGone = (provenance: Provenance): boolean =>
      provenance.sessionId === sessionId && provenance.turnIds.some((id) => gone.has(id));
    if (remembered) {
      for (const userId of people) addForgotten(total, await this.#fromUser(userId, isGone, { turns: gone }));
    }
    this.#drop({ sessionId });
    return total;
  }

  /** One memory, and the turns that it was made from, so that consolidation cannot make it anew. */
  async memory(userId: string, memoryId: string): Promise<ForgetResult> {
    const { users, sessions } = this.#parts;
    const total = nothingForgotten();
    const provenance = await users.use(userId, async (memory) => {
      await memory.permanent.refresh();
      return memory.record(memoryId)?.provenance;
    });
    if (provenance === undefined) return total;
    const turnIds = new Map<string, Set<string>>();
    for (const { sessionId, turnIds: ids } of provenance)
      turnIds.set(sessionId, new Set([...(turnIds.get(sessionId) ?? []), ...ids]));
    for (const [sessionId, ids] of turnIds) {
      if (!(await sessions.exists(sessionId))) continue;
      addForgotten(total, { turns: await sessions.use(sessionId, (session) => eraseTurns(session, [...ids])) });
      this.#drop({ sessionId });
    }
    const cameFrom = ({ sessionId, turnIds: ids }: Provenance): boolean =>
      ids.some((id) => turnIds.get(sessionId)?.has(id) === true);
    addForgotten(
      total,
      await this.#fromUser(userId, cameFrom, {
        isPatchGone: ({ sessionId, turnIds: ids }) => ids.every((id) => turnIds.get(sessionId)?.has(id) === true),
      }),
    );
    await users.use(userId, async (memory) => {
      if (memory.record(memoryId) === undefined) return;
      await eraseMemories(memory, new Set([memoryId]));
      addForgotten(total, { memories: 1 });
    });
    this.#drop({ userId });
    return total;
  }

  /** Documents of an index, each with its chunks. */
  async documents(index: string, documentIds: readonly string[]): Promise<ForgetResult> {
    const stored = await this.#context.catalog.load(index);
    await stored.refresh();
    const { documents } = stored.index;
    const ids = documentIds.flatMap((id) => [id, ...documents.chunkIdsOf(id)]);
    const present = ids.filter((id) => documents.slotOf(id) !== undefined).length;
    // Also those that are deleted already: their texts may still be in the log.
    await stored.erase(ids);
    this.#drop({});
    return { ...nothingForgotten(), documents: present };
  }

  /** Deletes a session's log and takes it off its users' lists; memories that came from it stay. */
  async deleteSession(sessionId: string, people: Iterable<string>): Promise<void> {
    const { storage, project } = this.#context;
    await this.#parts.sessions.evict(sessionId);
    await storage.delete(sessionKey(project, sessionId));
    for (const userId of people) await this.#parts.users.use(userId, (memory) => memory.sessions.forget([sessionId]));
  }

  /** What one speaker said in another user's session, and the answers to it. Answers how many turns. */
  async #speaker(sessionId: string, userId: string): Promise<number> {
    const erased = await this.#parts.sessions.use(sessionId, async (session) => {
      await session.refresh();
      const theirs = exchangesOf(session.turns, session.userId).filter(({ speaker }) => speaker === userId);
      return eraseTurns(
        session,
        theirs.flatMap(({ turns }) => turns.map(({ id }) => id)),
      );
    });
    this.#drop({ sessionId });
    return erased;
  }

  async #fromUser(
    userId: string,
    isGone: (provenance: Provenance) => boolean,
    {
      isPatchGone = isGone,
      turns,
    }: { isPatchGone?: (provenance: Provenance) => boolean; turns?: ReadonlySet<string> } = {},
  ): Promise<Partial<ForgetResult>> {
    const { memories, rebuild, profileVersions } = await this.#parts.users.use(userId, async (memory) => ({
      ...(await forgetFromMemory(memory, isGone, turns)),
      profileVersions: await memory.profile.forget(isPatchGone),
    }));
    for (const [sessionId, turnIds] of rebuild) {
      if (!(await this.#parts.sessions.exists(sessionId))) continue;
      await this.#parts.sessions.use(sessionId, (session) => this.#parts.consolidation.again(session, [...turnIds]));
    }
    return { memories, profileVersions };
  }

  #drop(of: { userId?: string; sessionId?: string }): void {
    clearAnalysisCache();
    this.#parts.dropRecalled(of);
  }
}

/** Answers how many of them there were. */
async function eraseTurns(session: OpenSession, turnIds: readonly string[]): Promise<number> {
  await session.refresh();
  const held = turnIds.filter((id) => session.stored.index.documents.slotOf(id) !== undefined).length;
  if (turnIds.length > 0) await session.stored.erase(turnIds);
  return held;
}
