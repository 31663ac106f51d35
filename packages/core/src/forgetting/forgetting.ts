import type { Consolidation } from "../consolidation/index.ts";
import { clearAnalysisCache } from "../engine/index.ts";
import { codeOf } from "../errors/index.ts";
import { participantChange, participantRecordIds, type SessionRegistry, whoseTurns } from "../session/index.ts";
import { sessionKey, userKeyPrefix } from "../storage/index.ts";
import {
  enterSession,
  type ForgetMark,
  type ForgetSubject,
  type MemoryContext,
  type Provenance,
  type SessionEntry,
  type UserPool,
} from "../user/index.ts";
import { answersTo, eraseTurns, peopleOf } from "./erase-turns.ts";
import { forgetDocuments } from "./forget-documents.ts";
import { eraseMemories, forgetFromMemory } from "./forget-from-memory.ts";
import { forgetPushed } from "./forget-pushed.ts";
import type { ForgetResult } from "./forget-result.ts";
import { addForgotten, nothingForgotten } from "./forget-result.ts";
import type { RenewableMark } from "./renewable-mark.ts";
import type { SessionOwners } from "./session-owners.ts";
import { UnderMark } from "./under-mark.ts";

export interface ForgettingParts {
  sessions: SessionRegistry;
  users: UserPool;
  consolidation: Consolidation;
  owners: SessionOwners;
  /** Drops what recall holds in memory. */
  dropRecalled(of: { userId?: string; sessionId?: string }): void;
}

/** Takes users, sessions, memories and documents out of every log, snapshot and loaded index; each call resolves when their bytes are gone. */
export class Forgetting {
  readonly #context: MemoryContext;
  readonly #parts: ForgettingParts;
  readonly #marked: UnderMark;

  constructor(context: MemoryContext, parts: ForgettingParts) {
    this.#context = context;
    this.#parts = parts;
    this.#marked = new UnderMark(context);
  }

  /** Everything about a user: profile, memories, sessions, and what they and the agent said to each other in other users' sessions. */
  user(userId: string): Promise<ForgetResult> {
    return this.#marked.run({ kind: "user", id: userId }, async (mark) => {
      const total = nothingForgotten();
      const { users } = this.#parts;
      const { storage, project } = this.#context;
      for (const { sessionId, role } of await this.#partsOf(userId, total)) {
        await mark.renew();
        if (role === "owner")
          addForgotten(total, { ...(await this.#session(sessionId, userId)), memories: 0, profileVersions: 0 });
        else addForgotten(total, { turns: await this.speaker(sessionId, userId) });
      }
      addForgotten(total, { documents: await forgetPushed(this.#context, userId) });
      await users.evict(userId);
      for (;;) {
        const keys = await storage.list(userKeyPrefix(project, userId));
        if (keys.length === 0) break;
        for (const key of keys) await storage.delete(key);
      }
      await users.evict(userId);
      this.#drop({ userId });
      return total;
    });
  }

  /** A session, with the memories and profile patches that came from it, whoever's they are. `userId`: whose it has to be. */
  async session(sessionId: string, userId?: string): Promise<ForgetResult> {
    const { sessions } = this.#parts;
    if (userId !== undefined && (await sessions.exists(sessionId))) {
      await sessions.use(sessionId, async (session) => {
        await session.refresh();
        session.assertOwner(userId);
      });
    }
    return this.#marked.run({ kind: "session", id: sessionId }, (mark) => this.#session(sessionId, undefined, mark));
  }

  /** Brings to its end what a process that was killed had begun to forget. */
  async finish(mark: ForgetMark): Promise<void> {
    if (mark.kind === "user") await this.user(mark.id);
    else await this.#marked.run(mark, (renewed) => this.#session(mark.id, undefined, renewed, mark.people));
  }

  /** The same in the background, where the subject is marked and whoever set the mark is gone. */
  async finishIfLeft(subject: ForgetSubject): Promise<void> {
    const { marks, logger } = this.#context;
    if (this.#marked.isUnderWay(subject)) return;
    try {
      const mark = await marks.find(subject);
      if (mark !== undefined && marks.isLeft(mark)) await this.finish(mark);
    } catch (error) {
      logger.error("what was begun to be forgotten could not be finished", { error: codeOf(error) });
    }
  }

  /** The same for all that were left behind. Answers how many. */
  async finishLeft(): Promise<number> {
    const { marks } = this.#context;
    const left = (await marks.all()).filter((mark) => marks.isLeft(mark));
    for (const mark of left) await this.finish(mark);
    return left.length;
  }

  /** The sessions that a user has a part in: by their list, and those of theirs that no list holds. Counts what else there is. */
  async #partsOf(userId: string, total: ForgetResult): Promise<Pick<SessionEntry, "sessionId" | "role">[]> {
    const { users, sessions } = this.#parts;
    const entries = await users.use(userId, async (memory) => {
      await memory.refresh();
      addForgotten(total, {
        memories: memory.permanent.index.documents.size,
        profileVersions: memory.profile.history.length,
      });
      return memory.sessions.entries;
    });
    const listed = new Set(entries.map(({ sessionId }) => sessionId));
    const found: Pick<SessionEntry, "sessionId" | "role">[] = [];
    for (const { sessionId, role } of entries) if (await sessions.exists(sessionId)) found.push({ sessionId, role });
    for (const { sessionId, owner } of await this.#parts.owners.all())
      if (owner === userId && !listed.has(sessionId)) found.push({ sessionId, role: "owner" });
    return found;
  }

  /** `owner`: who is forgotten with it, so that nothing of them need be kept in order. */
  async #session(
    sessionId: string,
    owner: string | undefined,
    mark?: RenewableMark,
    left: readonly string[] = [],
  ): Promise<ForgetResult> {
    const { sessions, consolidation } = this.#parts;
    const total = nothingForgotten();
    const people = new Set(left);
    if (await sessions.exists(sessionId)) {
      await consolidation.settled(sessionId);
      const turns = await sessions.use(sessionId, async (session) => {
        await session.refresh();
        for (const userId of peopleOf(session)) people.add(userId);
        return session.turns.length;
      });
      addForgotten(total, { sessions: 1, turns });
    }
    await mark?.renew([...people]);
    if (owner !== undefined) people.delete(owner);
    const isGone = (provenance: Provenance): boolean => provenance.sessionId === sessionId;
    for (const userId of people) addForgotten(total, await this.#fromUser(userId, isGone));
    await this.deleteSession(sessionId, people);
    // Once more, for what another process had been consolidating: it cannot have begun since.
    for (const userId of people) addForgotten(total, await this.#fromUser(userId, isGone));
    this.#drop({ sessionId });
    return total;
  }

  /** Documents of an index, each with its chunks. */
  async documents(index: string, documentIds: readonly string[]): Promise<ForgetResult> {
    const documents = await forgetDocuments(this.#context, index, documentIds);
    this.#drop({});
    return { ...nothingForgotten(), documents };
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
      return {
        people: peopleOf(session),
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

  /**
   * One memory, and the turns that it was made from, so that consolidation cannot make it anew; with what the user said
   * also the agent's answer to it, which may repeat it.
   */
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
      await sessions.use(sessionId, async (session) => {
        await session.refresh();
        for (const id of answersTo(session.turns, ids)) ids.add(id);
        addForgotten(total, { turns: await eraseTurns(session, [...ids]) });
      });
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

  /** Deletes a session's log and takes it off its users' lists; memories that came from it stay. */
  async deleteSession(sessionId: string, people: Iterable<string>): Promise<void> {
    const { sessions, users } = this.#parts;
    const { storage, project } = this.#context;
    await sessions.evict(sessionId);
    await storage.delete(sessionKey(project, sessionId));
    for (const userId of people) await users.use(userId, (memory) => memory.sessions.forget([sessionId]));
    // Somebody may have begun it anew before it was off the lists.
    if (!(await sessions.exists(sessionId))) return;
    await sessions.use(sessionId, async (session) => {
      await session.refresh();
      const { owner, participants, ended } = session.state;
      for (const userId of participants) {
        const role = userId === owner?.userId ? "owner" : "speaker";
        await enterSession(this.#context, userId, { sessionId, role, ended });
      }
    });
  }

  /** What one speaker said in another user's session, and the answers to it, and that they were there. Answers how many turns. */
  async speaker(sessionId: string, userId: string): Promise<number> {
    const { sessions } = this.#parts;
    if (!(await sessions.exists(sessionId))) return 0;
    const theirs = await sessions.use(sessionId, async (session) => {
      await session.refresh();
      const whose = whoseTurns(session.turns, session.userId);
      const turnIds = session.turns.flatMap(({ id }, n) => (whose[n]?.includes(userId) === true ? [id] : []));
      const others = [...session.state.participants].filter((participant) => participant !== userId);
      await eraseTurns(session, [], participantRecordIds(userId));
      if (others.length > 0) await session.stored.append(others.map(participantChange));
      return turnIds;
    });
    return (await this.turns(sessionId, theirs)).turns;
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
