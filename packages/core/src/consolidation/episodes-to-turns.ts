import { compileFilter, evaluateFilter } from "../engine/index.ts";
import type { SessionRegistry } from "../session/index.ts";
import { type MemoryContext, memoryOf, type UserMemory } from "../user/index.ts";
import type { Consolidation } from "./consolidation.ts";

/**
 * Makes the exchanges that earlier versions remembered into their turns again, where their sessions are still there. Others
 * stay as they are, and so does what was superseded. Cut off, it is done again: turns that are remembered already are not
 * remembered twice.
 */
export async function episodesToTurns(
  context: MemoryContext,
  memory: UserMemory,
  { sessions, consolidation }: { sessions: SessionRegistry; consolidation: Consolidation },
): Promise<void> {
  const { permanent } = memory;
  const { documents, columns, live } = permanent.index;
  if (documents.size === 0) return;
  const found = evaluateFilter(compileFilter({ kind: "episode" }, context.limits), columns, live, documents.slotCount);
  const episodes = [...found.toSlots()]
    .map((slot) => memoryOf(documents.document(slot)))
    .filter(({ validTo, provenance }) => validTo === undefined && provenance.length > 0);
  const there = new Map<string, boolean>();
  for (const { sessionId } of episodes.flatMap(({ provenance }) => provenance))
    if (!there.has(sessionId)) there.set(sessionId, await sessions.exists(sessionId));
  const theirs = episodes.filter(({ provenance }) =>
    provenance.every(({ sessionId }) => there.get(sessionId) === true),
  );
  if (theirs.length === 0) return;
  const turnIds = new Map<string, Set<string>>();
  for (const { sessionId, turnIds: ids } of theirs.flatMap(({ provenance }) => provenance))
    turnIds.set(sessionId, new Set([...(turnIds.get(sessionId) ?? []), ...ids]));
  for (const [sessionId, ids] of turnIds) {
    await sessions.use(sessionId, async (session) => {
      await session.refresh();
      await consolidation.again(
        session,
        session.turns.flatMap(({ id }) => (ids.has(id) ? [id] : [])),
      );
    });
  }
  await permanent.refresh();
  const remembered = new Set<string>();
  for (const { kind, provenance } of memory.all())
    if (kind === "turn")
      for (const each of provenance) for (const id of each.turnIds) remembered.add(`${each.sessionId}\n${id}`);
  // An exchange goes only when something of it is remembered turn by turn, whatever became of the session meanwhile.
  const gone = theirs.filter(({ provenance }) =>
    provenance.every(({ sessionId, turnIds: ids }) => ids.some((id) => remembered.has(`${sessionId}\n${id}`))),
  );
  if (gone.length > 0) await permanent.append(gone.map(({ id }) => ({ type: "delete", id })));
}
