import type { Turn } from "@sotto/core";

/** A line that the model reads: its 1-based number in the whole conversation, and its turn. */
export interface NumberedTurn {
  number: number;
  turn: Turn;
  line: string;
}

/**
 * Cuts a conversation into parts of at most `maxChars` characters, between turns; a longer turn is cut. Of more than
 * `maxParts` parts the last ones are kept: what was said later is more likely to hold still.
 */
export function conversationParts(turns: readonly Turn[], maxChars: number, maxParts: number): NumberedTurn[][] {
  const parts: NumberedTurn[][] = [];
  let chars = Number.POSITIVE_INFINITY;
  for (const [i, turn] of turns.entries()) {
    const line = lineOf(turn, i + 1).slice(0, maxChars);
    if (chars + line.length > maxChars) {
      parts.push([]);
      chars = 0;
    }
    parts.at(-1)?.push({ number: i + 1, turn, line });
    chars += line.length + 1;
  }
  return parts.slice(-maxParts);
}

/** On one line, so that no text can begin a line of its own. */
function lineOf({ role, text, speakerName }: Turn, number: number): string {
  const who = role === "user" && speakerName !== undefined ? `user (${speakerName})` : role;
  return `[${number}] ${who}: ${text.replace(/\s+/g, " ").trim()}`;
}
