import type { SessionRegistry } from "../session/index.ts";
import { parseKey, projectKeyPrefix } from "../storage/index.ts";
import { enterSession, type MemoryContext, type UserPool } from "../user/index.ts";
import type { Forgetting } from "./forgetting.ts";
import type { SessionOwners } from "./session-owners.ts";

/** What is out of order in a store; every list is empty in one that is well. */
export interface StoreExamination {
  /** Forgets that were begun and not finished. */
  unfinishedForgets: number;
  /** Sessions that their owner's list does not hold: no export shows them. `known`: there is something else of the owner. */
  orphanedSessions: { sessionId: string; owner: string; known: boolean }[];
  /** Entries of lists for sessions that are gone, or in which the user has no part. */
  emptyEntries: { userId: string; sessionId: string }[];
  /** Users of whom nothing is left but logs that hold nothing. */
  emptyUsers: string[];
}

export interface ExamineParts {
  sessions: SessionRegistry;
  users: UserPool;
  forgetting: Forgetting;
  owners: SessionOwners;
}

/** Looks through every session and every user's list; changes nothing. */
export async function examine(context: MemoryContext, parts: ExamineParts): Promise<StoreExamination> {
  const { storage, project, marks } = context;
  const keys = (await storage.list(projectKeyPrefix(project))).map((key) => parseKey(key));
  const userIds = new Set(keys.flatMap((key) => (key?.kind === "user" ? [key.user] : [])));
  const found: StoreExamination = {
    unfinishedForgets: (await marks.all()).filter((mark) => marks.isLeft(mark)).length,
    orphanedSessions: [],
    emptyEntries: [],
    emptyUsers: [],
  };
  const listed = new Map<string, Set<string>>();
  for (const userId of userIds) {
    const { entries, isEmpty } = await parts.users.use(userId, async (memory) => {
      await memory.refresh();
      const nothing = memory.permanent.index.documents.size === 0 && memory.profile.history.length === 0;
      return { entries: memory.sessions.entries, isEmpty: nothing };
    });
    await parts.users.evict(userId);
    listed.set(userId, new Set(entries.map(({ sessionId }) => sessionId)));
    let left = entries.length;
    for (const { sessionId } of entries) {
      if (await hasPart(parts.sessions, sessionId, userId)) continue;
      found.emptyEntries.push({ userId, sessionId });
      left--;
    }
    if (isEmpty && left === 0) found.emptyUsers.push(userId);
  }
  for (const { sessionId, owner } of await parts.owners.all()) {
    if (owner === undefined || listed.get(owner)?.has(sessionId) === true) continue;
    const known = userIds.has(owner) && !found.emptyUsers.includes(owner);
    found.orphanedSessions.push({ sessionId, owner, known });
  }
  return found;
}

/**
 * Puts in order what was found: unfinished forgets are finished; a session whose owner is known goes on their list, one of
 * somebody of whom there is nothing else (a faulty version's forget left it) is forgotten; entries that point nowhere go, and
 * logs that hold nothing.
 */
export async function mend(context: MemoryContext, parts: ExamineParts, found: StoreExamination): Promise<void> {
  const { storage, project } = context;
  await parts.forgetting.finishLeft();
  for (const { sessionId, owner, known } of found.orphanedSessions) {
    if (!known) await parts.forgetting.session(sessionId);
    else {
      const ended = await parts.sessions.use(sessionId, (session) => session.ended);
      await enterSession(context, owner, { sessionId, role: "owner", ended });
    }
  }
  for (const { userId, sessionId } of found.emptyEntries) {
    await parts.forgetting.speaker(sessionId, userId);
    await parts.users.use(userId, (memory) => memory.sessions.forget([sessionId]));
  }
  for (const userId of found.emptyUsers) {
    await parts.users.evict(userId);
    for (const key of await storage.list(projectKeyPrefix(project))) {
      const parsed = parseKey(key);
      if (parsed?.kind === "user" && parsed.user === userId) await storage.delete(key);
    }
  }
}

/** Theirs, or one in which they said something. */
async function hasPart(sessions: SessionRegistry, sessionId: string, userId: string): Promise<boolean> {
  if (!(await sessions.exists(sessionId))) return false;
  const isIn = await sessions.use(
    sessionId,
    ({ state, turns }) => state.owner?.userId === userId || turns.some(({ speaker }) => speaker === userId),
  );
  if (!sessions.isHeld(sessionId)) await sessions.evict(sessionId);
  return isIn;
}
