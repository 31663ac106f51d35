import {
  CatchUp,
  Consolidation,
  type Consolidator,
  episodesToTurns,
  LoopGuard,
  TURNS_ID,
} from "./consolidation/index.ts";
import { type Indexes, newId, validateName } from "./engine/index.ts";
import { SessionNotFoundError } from "./errors/index.ts";
import { Forgetting, forgetMethods, Retention, SessionOwners } from "./forgetting/index.ts";
import { reembedAll } from "./memory-reembed.ts";
import { checkOptions, elsewhere, text } from "./options.ts";
import { MemorySources, Recaller } from "./recall/index.ts";
import { redactDeep } from "./redact/index.ts";
import { listSessions, SessionHandle, SessionRegistry, TurnWriter } from "./session/index.ts";
import type { Sotto } from "./sotto.ts";
import { type MemoryContext, UserInfo, UserPool, userMethods } from "./user/index.ts";

/** What `Sotto` has besides its indexes. */
export type MemoryMethods = Omit<Sotto, keyof Indexes | "project" | "agent" | "stats" | symbol>;

/** Makes the rooms of memory, ties them together, and hands out their methods. */
export function memoryMethods(context: MemoryContext, consolidator: Consolidator): MemoryMethods {
  const { limits } = context;
  const guard = new LoopGuard();
  const holder = newId();
  const sessions = new SessionRegistry(context, { guard, holder });
  const users = new UserPool(context);
  const info = new UserInfo(context, users);
  const consolidation = new Consolidation(context, { sessions, users, guard, consolidator, holder });
  const catchUp = new CatchUp(context, users, async (memory) => {
    await forgetting.finishIfLeft({ kind: "user", id: memory.userId });
    if (memory.permanent.closed) return;
    if (consolidator.id === TURNS_ID) await episodesToTurns(context, memory, { sessions, consolidation });
    await consolidation.recover(memory);
    await retention.applyTo(memory);
  });
  const sources = new MemorySources(context, { sessions, users, onUser: (memory) => catchUp.onUser(memory) });
  const recaller = new Recaller(context, sources, guard);
  const forgetting = new Forgetting(context, {
    sessions,
    users,
    consolidation,
    owners: new SessionOwners(context, sessions),
    dropRecalled: (of) => {
      recaller.forget(of);
      if (of.userId !== undefined) info.forget(of.userId);
    },
  });
  context.marks.onMarked = (subject) => void forgetting.finishIfLeft(subject);
  const retention = new Retention(context, { sessions, users, consolidation, forgetting });
  const turns = new TurnWriter(context, sessions, {
    erase: (sessionId, turnIds) => forgetting.turns(sessionId, turnIds),
    keepInfo: (user) => info.keep(user),
  });
  const redacted = <T>(value: T): T => (context.redact === undefined ? value : redactDeep(value, context.redact));
  let closed = false;

  return {
    ...userMethods(users, redacted),
    ...forgetMethods(context, { users, sessions, forgetting, retention }),
    recordTurn: (turn) => turns.recordTurn(turn),
    saveResponse: (response) => turns.saveResponse(response),
    searchMemory: (query, options) => recaller.searchMemory(redacted(query), options),
    prefetch: (partialText, options) => recaller.prefetch(redacted(partialText), options),
    brief: (options) => recaller.brief(options),

    async session(nameOrOptions) {
      if (typeof nameOrOptions !== "string") checkOptions("session", nameOrOptions, { id: text, user: elsewhere });
      const { id, user } = typeof nameOrOptions === "string" ? { id: nameOrOptions, user: undefined } : nameOrOptions;
      validateName("session id", id, limits);
      const lease = await sessions.acquire(id);
      try {
        const session = lease.value;
        await session.refresh();
        if (user !== undefined) {
          await session.claimFor(user);
          await info.keep(user);
        }
        const { userId } = session;
        let versions = { profile: 0, permanent: 0 };
        if (userId !== undefined) {
          await catchUp.waitFor(userId);
          versions = await users.use(userId, ({ profile, permanent }) => ({
            profile: profile.current.version,
            permanent: permanent.version,
          }));
        }
        return new SessionHandle({ context, lease, versions, end: (ended) => consolidation.end(ended) });
      } catch (error) {
        lease.release();
        throw error;
      }
    },

    listSessions: ({ user }) => listSessions(user, { users, sessions }),

    async endSession(scope) {
      validateName("session id", scope.session, limits);
      if (!(await sessions.exists(scope.session))) throw new SessionNotFoundError(scope.session);
      return sessions.use(scope.session, async (session) => {
        await session.refresh();
        await session.claimFor(scope.user);
        return consolidation.end(session);
      });
    },

    reembed: (options = {}) => reembedAll(context, { users, sessions }, options.onProgress),

    async flush() {
      await Promise.all([sessions.flush(), users.flush()]);
    },

    async close() {
      if (closed) return;
      closed = true;
      recaller.close();
      await catchUp.close();
      await sessions.close();
      await users.close();
    },
  };
}
