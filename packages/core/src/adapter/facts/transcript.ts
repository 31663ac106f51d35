import type { Turn } from "../../session/index.ts";

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
  windows: Line[][];
  /** Turns for which there is no request left: the oldest. */
  left: number;
}

/** Cuts a session into requests of at most `maxInputChars`; of more than `maxCalls` the newest stay. */
export function transcriptOf(
  turns: readonly Turn[],
  { maxInputChars, maxCalls }: { maxInputChars: number; maxCalls: number },
): Transcript {
  const windows: Line[][] = [];
  let chars = 0;
  for (const [i, turn] of turns.entries()) {
    if (turn.text.trim() === "") continue;
    const text = lineOf(turn, i + 1).slice(0, maxInputChars);
    let window = windows.at(-1);
    if (window === undefined || chars + text.length > maxInputChars) {
      window = [];
      windows.push(window);
      chars = 0;
    }
    window.push({ number: i + 1, turn, text });
    chars += text.length + 1;
  }
  const kept = windows.slice(-maxCalls);
  return { windows: kept, left: (kept[0]?.[0]?.number ?? 1) - 1 };
}

/** Nothing that was said can begin a line of its own. */
export function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}

function lineOf({ role, text, speakerName, at, interrupted }: Turn, number: number): string {
  const who = role === "user" && speakerName !== undefined ? oneLine(`user (${speakerName})`) : role;
  const heard = interrupted === true ? " (cut off)" : "";
  return `[${number}] ${new Date(at).toISOString().slice(0, 10)} ${who}${heard}: ${oneLine(text).slice(0, TURN_CHARS)}`;
}
