import type { SessionRegistry } from "../session/index.ts";
import { turnOf } from "../session/index.ts";
import type { UserPool } from "../user/index.ts";

/**
 * Everything that is stored about a user, one JSON object a line (without line ends), each with a `type`: `profile` (one
 * a version, oldest first), `memory` (superseded ones too), and for every session `session`, then its `turn`s and
 * `document`s. Of sessions of other users only what this user said.
 */
export async function* exportUser(
  userId: string,
  { users, sessions }: { users: UserPool; sessions: SessionRegistry },
): AsyncGenerator<string> {
  const stored = await users.use(userId, async (memory) => {
    await memory.refresh();
    return { profile: [...memory.profile.history], memories: [...memory.all()], sessions: memory.sessions.entries };
  });
  for (const version of stored.profile) yield JSON.stringify({ type: "profile", userId, ...version });
  for (const memory of stored.memories) yield JSON.stringify({ type: "memory", userId, ...memory });
  for (const { sessionId, role, ended } of stored.sessions) {
    if (!(await sessions.exists(sessionId))) continue;
    const lines = await sessions.use(sessionId, async (session) => {
      await session.refresh();
      const { createdAt } = session.stored.settings ?? {};
      const turns = role === "owner" ? session.turns : session.turns.filter(({ speaker }) => speaker === userId);
      const { documents, live } = session.stored.index;
      const added =
        role === "owner"
          ? Array.from(live.toSlots(), (slot) => documents.document(slot)).filter(
              (each) => turnOf(each, sessionId) === undefined,
            )
          : [];
      return [
        { type: "session", sessionId, role, ended, createdAt, updatedAt: session.stored.updatedAt },
        ...turns.map((turn) => ({ type: "turn", ...turn })),
        ...added.map((document) => ({ type: "document", sessionId, ...document })),
      ];
    });
    for (const line of lines) yield JSON.stringify(line);
  }
}
