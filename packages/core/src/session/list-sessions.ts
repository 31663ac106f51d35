import type { UserPool, UserRef } from "../user/index.ts";
import type { SessionRegistry } from "./session-registry.ts";

/** A session of a user, for lists and replay. */
export interface SessionInfo {
  id: string;
  /** The agent that held it, where `createSotto` named one. */
  agent?: string;
  /** When its first turn was said, else when it was opened; milliseconds since the epoch. */
  began: number;
  /** When it was ended; undefined while it goes on, or was left behind. */
  ended?: number;
  /** How many turns. */
  turns: number;
  /** How many of the turns were cut off. */
  interrupted: number;
}

/** The sessions that a user owns, newest first. */
export async function listSessions(
  user: UserRef,
  { users, sessions }: { users: UserPool; sessions: SessionRegistry },
): Promise<SessionInfo[]> {
  const entries = await users.use(user, async (memory) => {
    await memory.sessions.refresh();
    return memory.sessions.entries.filter(({ role }) => role === "owner");
  });
  const infos: SessionInfo[] = [];
  for (const { sessionId } of entries) {
    if (!(await sessions.exists(sessionId))) continue;
    infos.push(
      await sessions.use(sessionId, async (session) => {
        await session.refresh();
        const { turns, state, stored } = session;
        const { agent, ended, endedAt } = state;
        return {
          id: sessionId,
          ...(agent === undefined ? {} : { agent }),
          began: turns[0]?.at ?? stored.settings?.createdAt ?? 0,
          ...(ended ? { ended: endedAt ?? turns.at(-1)?.at ?? 0 } : {}),
          turns: turns.length,
          interrupted: turns.filter(({ interrupted }) => interrupted === true).length,
        };
      }),
    );
  }
  return infos.sort((a, b) => b.began - a.began);
}
