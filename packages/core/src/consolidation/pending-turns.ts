import { courtesyOf, lastQuestion, type OpenSession, type Turn, whoseTurns } from "../session/index.ts";
import type { Steps } from "../steps.ts";

/** Most characters of a question at the end of a turn. */
const QUESTION_CHARS = 240;
/** Turns that one step looks at: about a millisecond. */
const TURNS_A_STEP = 32;
/** A turn of more characters stands for itself, whatever was asked. */
const SHORT_CHARS = 120;

/** For each of its people the turns that are not in permanent memory yet; for nobody those that are no one's own. */
export function* pendingTurns(session: OpenSession): Steps<{ userId: string | undefined; turns: Turn[] }[]> {
  const { consolidated, owner } = session.state;
  const { turns } = session;
  const whose = whoseTurns(turns, owner?.userId);
  const pending = new Map<string | undefined, Turn[]>();
  for (const [n, turn] of turns.entries()) {
    if (consolidated.has(turn.id)) continue;
    if (n % TURNS_A_STEP === TURNS_A_STEP - 1) yield;
    const concerned = whose[n] as readonly string[];
    const userId = concerned.length === 1 ? concerned[0] : undefined;
    const theirs = pending.get(userId) ?? [];
    pending.set(userId, theirs);
    const before = turns[n - 1];
    // What somebody else asked goes with the answer; what was asked before is consolidated already, perhaps.
    const isTheirs = before?.role === "user" || (whose[n - 1]?.length === 1 && whose[n - 1]?.[0] === userId);
    if (before !== undefined && isTheirs && theirs.at(-1) !== before && isAnswerTo(before, turn)) theirs.push(before);
    theirs.push(turn);
  }
  return [...pending].map(([userId, theirs]) => ({ userId, turns: theirs }));
}

/** Whether a turn is somebody else's short answer to what `asked` asks, so that it means little without. */
function isAnswerTo(asked: Turn, turn: Turn): boolean {
  if (asked.role === turn.role && asked.speaker === turn.speaker) return false;
  return (
    turn.text.length <= SHORT_CHARS &&
    (lastQuestion(asked.text, QUESTION_CHARS) !== "" || courtesyOf(turn.text) === "answer")
  );
}
