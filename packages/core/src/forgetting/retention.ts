import type { Consolidation } from "../consolidation/index.ts";
import type { SessionRegistry } from "../session/index.ts";
import { parseKey, projectKeyPrefix, sessionKeyPrefix } from "../storage/index.ts";
import type { MemoryContext, UserMemory, UserPool } from "../user/index.ts";
import { lastSaid } from "../user/index.ts";
import type { ForgetResult } from "./forget-result.ts";
import { addForgotten, nothingForgotten } from "./forget-result.ts";
import type { Forgetting } from "./forgetting.ts";

export interface RetentionParts {
  sessions: SessionRegistry;
  users: UserPool;
  consolidation: Consolidation;
  forgetting: Forgetting;
}

/**
 * Forgets what is older than `retention` says. A session's age counts from its last turn, a memory's from when it was last
 * said. A session that goes by age is consolidated before; its memories stay until their own age is over.
 */
export class Retention {
  readonly #context: MemoryContext;
  readonly #parts: RetentionParts;

  constructor(context: MemoryContext, parts: RetentionParts) {
    this.#context = context;
    this.#parts = parts;
  }

  /** The whole project. */
  async apply(): Promise<ForgetResult> {
    const { storage, project, retention } = this.#context;
    const total = nothingForgotten();
    await this.#parts.forgetting.finishLeft();
    if (retention.sessionsMs !== undefined) {
      for (const key of await storage.list(sessionKeyPrefix(project))) {
        const parsed = parseKey(key);
        if (parsed?.kind === "session") addForgotten(total, await this.#session(parsed.session, retention.sessionsMs));
      }
    }
    if (retention.permanentMs !== undefined) {
      const keys = (await storage.list(projectKeyPrefix(project))).map(parseKey);
      for (const key of keys) {
        if (key?.kind === "user" && key.log === "permanent") {
          addForgotten(total, await this.#parts.users.use(key.user, (memory) => this.#memories(memory)));
        }
      }
    }
    return total;
  }

  /** One user's memories and own sessions. */
  async applyTo(memory: UserMemory): Promise<ForgetResult> {
    const total = nothingForgotten();
    const { sessionsMs } = this.#context.retention;
    addForgotten(total, await this.#memories(memory));
    if (sessionsMs === undefined) return total;
    for (const { sessionId, role } of memory.sessions.entries) {
      if (role === "owner") addForgotten(total, await this.#session(sessionId, sessionsMs));
    }
    return total;
  }

  async #session(sessionId: string, sessionsMs: number): Promise<Partial<ForgetResult>> {
    const { sessions, consolidation, forgetting } = this.#parts;
    if (sessions.isHeld(sessionId) || !(await sessions.exists(sessionId))) return {};
    const old = await sessions.use(sessionId, async (session) => {
      await session.refresh();
      const { turns, state, stored } = session;
      const lastAt = turns.at(-1)?.at ?? stored.updatedAt;
      if (lastAt >= this.#context.clock.now() - sessionsMs) return undefined;
      if (!(await consolidation.run(session))) return undefined;
      return {
        turns: turns.length,
        people: new Set([...(state.owner === undefined ? [] : [state.owner.userId]), ...state.participants]),
      };
    });
    if (old === undefined) return {};
    await forgetting.deleteSession(sessionId, old.people);
    return { sessions: 1, turns: old.turns };
  }

  async #memories(memory: UserMemory): Promise<Partial<ForgetResult>> {
    const { permanentMs } = this.#context.retention;
    if (permanentMs === undefined) return {};
    await memory.permanent.refresh();
    const oldest = this.#context.clock.now() - permanentMs;
    const gone = [...memory.all()].filter((record) => lastSaid(record) < oldest).map(({ id }) => id);
    if (gone.length > 0) await memory.permanent.erase(gone);
    return { memories: gone.length };
  }
}
