import { isObject } from "../http/json.ts";

/** A line that the user says, without its label. */
export interface SpokenLine {
  text: string;
  /** The mark of its line, `[7] user: …` or `t7: {"speaker": "Ann", "text": "…"}` -> "7" or "t7"; undefined without one. */
  turn: string | undefined;
}

/** What stands before the words in a transcript: `[3] user:`, `2026-01-02 caller:`. */
export const SPEAKER = /^.{0,60}?\b(user|caller|customer|human|assistant|agent|system)\b[^:]{0,40}:\s+/i;
const NOT_THE_USER = /^(assistant|agent|system)$/i;
const MARK = /^\s*(?:[-*]\s+)?(?:\[([\w:.-]+)\]|#?(\d+)[.:)]?)\s/;
const JSON_LINE = /^\s*(\w+):\s*(\{.*\})\s*$/;

/**
 * What the user says in a transcript or a plain text, line by line. Where lines name who speaks, those of the assistant
 * are left out, and so are marked lines without a speaker (what is known already, say): `known` has their texts.
 */
export function userLines(text: string): { lines: SpokenLine[]; known: string } {
  const parsed = text.split(/\r?\n/).map(parse);
  const isTranscript = parsed.some(({ speaker }) => speaker !== undefined);
  const isData = ({ speaker, turn, json }: Parsed) => speaker === undefined && (json || (isTranscript && turn));
  return {
    lines: parsed
      .filter((line) => !isData(line) && !NOT_THE_USER.test(line.speaker ?? ""))
      .map((line) => ({ text: line.text, turn: line.turn })),
    known: parsed
      .filter(isData)
      .map((line) => line.text)
      .join("\n"),
  };
}

interface Parsed extends SpokenLine {
  speaker: string | undefined;
  json: boolean;
}

function parse(line: string): Parsed {
  const [, label, json] = JSON_LINE.exec(line) ?? [];
  const value = json === undefined ? undefined : parseObject(json);
  if (value !== undefined) {
    const { speaker, text } = value;
    return {
      speaker: typeof speaker === "string" ? speaker : undefined,
      text: typeof text === "string" ? text : "",
      turn: label,
      json: true,
    };
  }
  const mark = MARK.exec(line);
  const trimmed = line.trim();
  const speaker = SPEAKER.exec(trimmed);
  return {
    speaker: speaker?.[1],
    text: trimmed.slice(speaker?.[0].length ?? 0),
    turn: mark?.[1] ?? mark?.[2],
    json: false,
  };
}

function parseObject(json: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
