import { normalizedText } from "../../engine/index.ts";
import type { Turn } from "../../session/index.ts";

/** Of the user's turns, the newest so many are compared with the query word by word; older ones only as they are. */
const COMPARED = 4;

/**
 * The turn that the query answers: the newest turn of a user that says what the query says, else the last turn when it
 * is a user's (it has no answer yet). Undefined when the turn is not recorded yet.
 */
export function answeredTurn(turns: readonly Turn[], query: string): Turn | undefined {
  const wanted = normalizedText(query);
  let compared = 0;
  for (let i = turns.length - 1; i >= 0; i--) {
    const turn = turns[i] as Turn;
    if (turn.role !== "user") continue;
    if (turn.text === query || (compared < COMPARED && normalizedText(turn.text) === wanted)) return turn;
    compared++;
  }
  const last = turns.at(-1);
  return last?.role === "user" ? last : undefined;
}
