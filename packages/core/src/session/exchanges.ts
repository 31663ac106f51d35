import type { Turn } from "./turn.ts";

/** What one person said up to the answer, and the answer. */
export interface Exchange {
  /** User id of who spoke; undefined when the session names nobody. */
  speaker: string | undefined;
  /** In order: user turns (none only where the agent spoke first), then the agent's. */
  turns: Turn[];
}

/**
 * Cuts a session into exchanges. A user turn begins a new one after an answer, and where somebody else begins to speak;
 * the agent's turns belong to who spoke last (before anyone did, to the owner).
 */
export function exchangesOf(turns: readonly Turn[], ownerId: string | undefined): Exchange[] {
  const exchanges: Exchange[] = [];
  for (const turn of turns) {
    const last = exchanges.at(-1);
    const speaker = turn.role === "user" ? (turn.speaker ?? ownerId) : (last?.speaker ?? ownerId);
    const begins =
      last === undefined ||
      (turn.role === "user" && (last.speaker !== speaker || last.turns.at(-1)?.role === "assistant"));
    if (begins) exchanges.push({ speaker, turns: [turn] });
    else last.turns.push(turn);
  }
  return exchanges;
}
