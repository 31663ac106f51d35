import type { OpenSession, Turn } from "../session/index.ts";

/** Everybody whose list holds the session. */
export function peopleOf({ state: { owner, participants } }: OpenSession): Set<string> {
  return new Set([...(owner === undefined ? [] : [owner.userId]), ...participants]);
}

/** Answers how many turns there were. `records`: ids of other records that go with them. */
export async function eraseTurns(
  session: OpenSession,
  turnIds: readonly string[],
  records: readonly string[] = [],
): Promise<number> {
  await session.refresh();
  const held = turnIds.filter((id) => session.stored.index.documents.slotOf(id) !== undefined).length;
  if (turnIds.length + records.length > 0) await session.stored.erase([...turnIds, ...records]);
  return held;
}

/** The agent's turns between one of these turns of a user and the next turn of any. */
export function answersTo(turns: readonly Turn[], ids: ReadonlySet<string>): string[] {
  const answers: string[] = [];
  let answering = false;
  for (const { id, role } of turns) {
    if (role === "user") answering = ids.has(id);
    else if (answering) answers.push(id);
  }
  return answers;
}
