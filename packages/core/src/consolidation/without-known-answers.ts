import type { Turn } from "../session/index.ts";
import { asksOnly } from "./loop-guard/asks-only.ts";
import type { KnownText } from "./loop-guard/known-text.ts";

/**
 * Turns without what the agent said from memory: sentences of its turns that repeat known memories are taken out, and a
 * question that had no other answer goes too. What a user says stays: to say a thing again confirms it.
 */
export function withoutKnownAnswers(turns: readonly Turn[], known: KnownText): Turn[] {
  const left: Turn[] = [];
  for (const turn of turns) {
    const { text, stripped } =
      turn.role === "assistant" ? known.strip(turn.text) : { text: turn.text, stripped: false };
    if (!stripped) left.push(turn);
    else if (text !== "") left.push({ ...turn, text });
    else {
      const asked = left.at(-1);
      if (asked?.role === "user" && asksOnly(asked.text)) left.pop();
      // Blank, it still parts what was said before it from what was said after it.
      else if (asked?.role === "user") left.push({ ...turn, text: "" });
    }
  }
  return left;
}
