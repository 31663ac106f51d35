import type { Ledger } from "../../report/ledger.ts";
import type { LoadedPart } from "../loader.ts";
import { type Cue, parseCues, seconds } from "./cues.ts";
import { turnParts } from "./turn-parts.ts";

const TIME = String.raw`\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?`;
/** `00:00:05 Ana Smith: Hello`, `[0:05] Ana: Hello`, `10:02:15 From Ana to Everyone: Hello`. */
const TIME_FIRST = new RegExp(
  String.raw`^[[(]?(${TIME})[\])]?\s+(?:[-–]\s+)?(?:From\s+)?([^:]{1,60}?)(?:\s+to\s+[^:]{1,40})?\s*:\s*(.*)$`,
  "i",
);
/** `Ana Smith (0:05):` or `Ana Smith 0:05`, what was said in the lines below. */
const NAME_FIRST = new RegExp(String.raw`^(\p{L}[^:]{0,58}?)\s+[[(]?(${TIME})[\])]?:?$`, "u");
/** `Ana: Hello`. */
const NAME_ONLY = /^(\p{L}[\p{L}\p{M}\p{N}.'’() -]{0,40}?)\s?:\s+(\S.*)$/u;
const TIME_ONLY = new RegExp(String.raw`^[[(]?(${TIME})[\])]?$`);

/** Words before a colon that are no speakers. */
const NO_SPEAKER =
  /^(?:q|a|f|question|answer|frage|antwort|note|notes|info|warning|warn|error|debug|fatal|trace|http|https|tip|example|todo|date|time|from|to|subject|cc)$/i;
const LEAST_TURNS = 3;

/**
 * Plain text that is the transcript of a call, as Zoom, Teams, Meet and others write it; undefined for any other text.
 */
export function transcriptParts(text: string, ledger: Ledger): LoadedPart[] | undefined {
  if (/^[ \t]*(?:\d{1,3}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?[ \t]*-->/m.test(text)) {
    const cues = parseCues(text, ledger);
    return cues.length >= LEAST_TURNS ? turnParts(cues) : undefined;
  }
  const lines = text.split("\n").map((line) => line.trim());
  const turns = timedTurns(lines) ?? namedTurns(lines);
  if (turns === undefined) return undefined;
  for (const [index, turn] of turns.turns.entries()) {
    const place = `turn ${index + 1}`;
    const isNew = turn.speaker !== turns.turns[index - 1]?.speaker;
    if ((turn.text ?? "") === "") ledger.leaveOut("no text", place, isNew ? turn.speaker : "");
    else ledger.read(`${isNew ? (turn.speaker ?? "") : ""} ${turn.text ?? ""}`, "turn", index + 1);
  }
  for (const line of turns.head) ledger.read(line, "head");
  const head = turns.head.filter((line) => line !== "").join("\n");
  return [...(head === "" ? [] : [{ key: "head", text: head }]), ...turnParts(turns.turns)];
}

interface Turns {
  /** Lines before the first turn: title, date, who took part. */
  head: string[];
  turns: Partial<Cue>[];
}

/** Every turn begins with its time and speaker, in either order. */
function timedTurns(lines: readonly string[]): Turns | undefined {
  return collect(lines, (line) => {
    const [, time, speaker, text] = TIME_FIRST.exec(line) ?? [];
    if (time !== undefined && speaker !== undefined)
      return { start: seconds(time), speaker: speaker.trim(), text: text ?? "" };
    const [, name, at] = NAME_FIRST.exec(line) ?? [];
    return name === undefined || at === undefined ? undefined : { start: seconds(at), speaker: name.trim(), text: "" };
  });
}

/** `Ana: …` lines, with times on lines of their own here and there: few speakers, each again and again. */
function namedTurns(lines: readonly string[]): Turns | undefined {
  const told = lines.filter((line) => line !== "" && !TIME_ONLY.test(line));
  const names = told.map((line) => NAME_ONLY.exec(line)?.[1]).filter((name) => name !== undefined);
  const speakers = new Set(names);
  if (names.length < told.length * 0.6 || names.length < LEAST_TURNS + 1 || speakers.size < 2) return undefined;
  if (speakers.size > names.length / 2 || [...speakers].some((name) => NO_SPEAKER.test(name))) return undefined;
  let start: number | undefined;
  const found = collect(lines, (line) => {
    const time = TIME_ONLY.exec(line)?.[1];
    if (time !== undefined) {
      start = seconds(time);
      return null;
    }
    const [, speaker, text] = NAME_ONLY.exec(line) ?? [];
    if (speaker === undefined) return undefined;
    return { speaker, text: text ?? "", ...(start === undefined ? {} : { start }) };
  });
  return found;
}

/** Lines up to the next one that begins a turn belong to the turn; null passes a line over. */
function collect(
  lines: readonly string[],
  begin: (line: string) => Partial<Cue> | null | undefined,
): Turns | undefined {
  const head: string[] = [];
  const turns: Partial<Cue>[] = [];
  let begun = 0;
  let lineCount = 0;
  for (const line of lines) {
    if (line === "") continue;
    lineCount++;
    const turn = begin(line);
    if (turn === null) continue;
    const last = turns.at(-1);
    if (turn !== undefined) {
      turns.push(turn);
      begun++;
    } else if (last === undefined) head.push(line);
    else last.text = `${last.text ?? ""} ${line}`.trim();
  }
  return begun >= LEAST_TURNS && begun >= lineCount * 0.15 && head.length <= 12 ? { head, turns } : undefined;
}
