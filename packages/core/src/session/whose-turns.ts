import { analyze } from "../engine/index.ts";
import type { Turn } from "./turn.ts";

/** So many of a session's latest turns may be what an answer speaks of. */
const LOOKS_BACK = 16;

/**
 * For each turn of a session, whom it concerns: a user's turn its speaker, the agent's turn whoever spoke last (before
 * anyone did, the owner). Where what the agent says takes up words that only one speaker has used, it concerns that
 * speaker; where it takes up those of several, it concerns them all and is nobody's own. Empty when the session names
 * nobody.
 */
export function whoseTurns(turns: readonly Turn[], ownerId: string | undefined): readonly (readonly string[])[] {
  const speakers = new Set(turns.flatMap(({ role, speaker }) => (role === "user" ? [speaker ?? ownerId ?? ""] : [])));
  speakers.delete("");
  const several = speakers.size > 1;
  let last = ownerId;
  return turns.map((turn, n) => {
    if (turn.role === "user") {
      last = turn.speaker ?? ownerId;
      return last === undefined ? [] : [last];
    }
    const taken = several ? takenUp(turn, turns.slice(Math.max(0, n - LOOKS_BACK), n), ownerId) : [];
    if (taken.length > 0) return taken;
    return last === undefined ? [] : [last];
  });
}

/** The turns that are one user's own: what they said, and what the agent said to nobody else. */
export function turnsOf(userId: string, turns: readonly Turn[], ownerId: string | undefined): Turn[] {
  const whose = whoseTurns(turns, ownerId);
  return turns.filter((_, n) => whose[n]?.length === 1 && whose[n]?.[0] === userId);
}

/** The speakers of whom `answer` takes up words that none of the others used; also by name. */
function takenUp(answer: Turn, before: readonly Turn[], ownerId: string | undefined): string[] {
  const usedBy = new Map<string, Set<string>>();
  for (const turn of before) {
    const speaker = turn.speaker ?? ownerId;
    if (turn.role !== "user" || speaker === undefined) continue;
    for (const word of contentWords(`${turn.speakerName ?? ""} ${turn.text}`))
      usedBy.set(word, (usedBy.get(word) ?? new Set()).add(speaker));
  }
  const taken = new Set<string>();
  for (const word of contentWords(answer.text)) {
    const users = usedBy.get(word);
    if (users?.size === 1) for (const user of users) taken.add(user);
  }
  return [...taken];
}

function contentWords(text: string): Set<string> {
  return new Set(analyze(text).flatMap(({ text: term, stopWord }) => (stopWord || term.length < 3 ? [] : [term])));
}
