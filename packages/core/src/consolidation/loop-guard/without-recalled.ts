import type { Turn } from "../../session/index.ts";
import { asksOnly } from "./asks-only.ts";
import { KnownText } from "./known-text.ts";

/**
 * A session's turns without what was known before: sentences that repeat known text are taken out of what either side
 * said, and out of what the agent said also those that were said in the session before. Turns of which nothing is left
 * are dropped, and so is a question that was answered by known text alone; the answer to anything else stays with a blank
 * text, so that exchanges are not run together.
 *
 * `known` is what was recalled in the session, and the user's memories that do not come from this session (its own must
 * not count, or consolidating it again would drop what it taught).
 */
export function withoutRecalled(turns: readonly Turn[], known: KnownText): Turn[] {
  const said = new KnownText();
  const left: Turn[] = [];
  for (const turn of turns) {
    const fresh = known.strip(turn.text);
    const { text, stripped } =
      turn.role === "assistant" ? said.strip(fresh.text) : { text: fresh.text, stripped: false };
    said.add(turn.text);
    if (!fresh.stripped && !stripped) left.push(turn);
    else if (text !== "") left.push({ ...turn, text });
    else if (turn.role === "assistant") {
      const asked = left.at(-1);
      if (asked?.role === "user" && asksOnly(asked.text)) left.pop();
      // Blank, it still parts what was said before it from what was said after it.
      else if (asked?.role === "user") left.push({ ...turn, text: "" });
    }
  }
  return left;
}
