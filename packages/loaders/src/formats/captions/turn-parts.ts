import type { LoadedPart } from "../loader.ts";
import type { Cue } from "./cues.ts";

/** What one speaker says goes on in one document up to about here, then to the end of the sentence. */
const PASSAGE_CHARS = 700;
const LONGEST_CHARS = 1_400;
/** Of one who does not say who speaks, a longer silence ends the passage. */
const SILENCE_SECONDS = 8;

/** Turns as documents: what one speaker says without a break, long ones in passages; who and when are metadata. */
export function turnParts(cues: readonly Partial<Cue>[]): LoadedPart[] {
  const turns: (Partial<Cue> & { text: string })[] = [];
  for (const cue of cues) {
    const text = (cue.text ?? "").replace(/\s+/g, " ").trim();
    if (text === "") continue;
    const last = turns.at(-1);
    if (last !== undefined && goesOn(last, cue)) {
      last.text += ` ${text}`;
      if (cue.end !== undefined) last.end = cue.end;
    } else turns.push({ ...cue, text });
  }
  return turns.map(({ start, end, speaker, text }, index) => ({
    key: String(index + 1),
    text: speaker === undefined ? text : `${speaker}: ${text}`,
    metadata: {
      turn: index + 1,
      ...(speaker === undefined ? {} : { speaker }),
      ...(start === undefined ? {} : { start, time: clock(start) }),
      ...(end === undefined ? {} : { end }),
    },
  }));
}

function goesOn(last: Partial<Cue> & { text: string }, next: Partial<Cue>): boolean {
  if (last.speaker !== next.speaker || last.text.length > LONGEST_CHARS) return false;
  if (last.text.length > PASSAGE_CHARS && /[.!?…。！？]["'”’)]?$/.test(last.text)) return false;
  if (last.speaker !== undefined || last.end === undefined || next.start === undefined) return true;
  return next.start - last.end <= SILENCE_SECONDS;
}

/** `1:02:03`. */
function clock(start: number): string {
  const whole = Math.floor(start);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${Math.floor(whole / 3_600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}
