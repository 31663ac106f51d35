import { asksOnly, type Turn } from "../../session/index.ts";
import type { Steps } from "../../steps.ts";
import { KnownText } from "./known-text.ts";

/** Turns that one step looks at: about a millisecond. */
const TURNS_A_STEP = 16;

/**
 * A session's turns, the agent's without the sentences that repeat what was recalled in the session. What is left of an
 * answer that was nothing else, or that only repeats what was said in the session before, is blank. What a user states stays, whatever it resembles: it is theirs.
 * Only a question that was answered by nothing but recalled text goes with its answer: what it asked for was known.
 */
export function* withoutRecalled(turns: readonly Turn[], recalled: KnownText): Steps<Turn[]> {
  const said = new KnownText();
  const left: Turn[] = [];
  for (const [n, turn] of turns.entries()) {
    if (n % TURNS_A_STEP === TURNS_A_STEP - 1) yield;
    if (turn.role === "user") left.push(turn);
    else {
      const fresh = recalled.strip(turn.text);
      const text = said.has(fresh.text) ? "" : fresh.text;
      const asked = left.at(-1);
      if (text === "" && fresh.stripped && asked?.role === "user" && asksOnly(asked.text)) left.pop();
      else left.push(text === turn.text ? turn : { ...turn, text });
    }
    said.add(turn.text);
  }
  return left;
}
