import type { Turn } from "@sotto/core";

/** Characters of one turn that a model is shown. */
const TURN_CHARS = 4_000;

/** A turn as a model is shown it. */
export interface Line {
  /** What the model calls it; counts from 1. */
  number: number;
  turn: Turn;
  text: string;
}

export interface Transcript {
  /** One for each request, in order, none longer than allowed. */
  batches: Line[][];
  /** Turns for which there is no request left: the oldest. */
  left: number;
}

/** Cuts a session into requests of at most `maxInputChars`; of more than `maxCalls` the newest stay. */
export function transcriptOf(
  turns: readonly Turn[],
  { maxInputChars, maxCalls }: { maxInputChars: number; maxCalls: number },
): Transcript {
  const batches: Line[][] = [];
  let chars = 0;
  for (const [i, turn] of turns.entries()) {
    const who =
      turn.role === "assistant" ? "assistant" : oneLine(`user${turn.speakerName ? ` (${turn.speakerName})` : ""}`);
    const date = new Date(turn.at).toISOString().slice(0, 10);
    const heard = turn.interrupted === true ? " (cut off)" : "";
    const text = `[${i + 1}] ${date} ${who}${heard}: ${oneLine(turn.text).slice(0, TURN_CHARS)}`;
    if (batches.length === 0 || chars + text.length > maxInputChars) {
      batches.push([]);
      chars = 0;
    }
    batches.at(-1)?.push({ number: i + 1, turn, text });
    chars += text.length + 1;
  }
  const kept = batches.slice(-maxCalls);
  return { batches: kept, left: turns.length - kept.reduce((sum, batch) => sum + batch.length, 0) };
}

/** Nothing that was said can begin a line of its own. */
export function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}
