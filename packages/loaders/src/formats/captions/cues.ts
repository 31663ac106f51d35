import type { Ledger } from "../../report/ledger.ts";

/** What was said, from when to when, in seconds. */
export interface Cue {
  start: number;
  end: number;
  speaker?: string;
  text: string;
}

const TIMES = /^\s*((?:\d+:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?)\s*-->\s*((?:\d+:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?)/;
const VOICE = /^<v(?:\.[\w.-]+)?\s+([^>]{1,80})>/i;
const TAG = /<[^<>]{0,200}>|\{\\[^{}]{0,80}\}/g;
const ENTITIES: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&nbsp;": " ",
  "&lrm;": "",
  "&rlm;": "",
  "&#39;": "'",
  "&quot;": '"',
};
/** `Ana:` or `>> ANA:` in front of what is said. */
const NAMED = /^(?:>>\s*|-\s*)?(\p{Lu}[\p{L}\p{N}.'’() -]{0,40}):\s+/u;

/** Cues of WebVTT and SRT, and of transcripts in their form. Notes and styles are left out. */
export function parseCues(text: string, ledger: Ledger): Cue[] {
  const cues: Cue[] = [];
  for (const block of text.split(/\n[ \t]*\n/)) {
    const lines = block.split("\n").filter((line) => line.trim() !== "");
    const at = lines.findIndex((line) => TIMES.test(line));
    if (at < 0) {
      leaveOutBlock(lines, ledger);
      continue;
    }
    const [, start = "", end = ""] = TIMES.exec(lines[at] ?? "") ?? [];
    let speaker: string | undefined;
    const said = lines.slice(at + 1).map((line) => {
      speaker ??= VOICE.exec(line.trim())?.[1]?.trim();
      return line
        .replace(TAG, "")
        .replace(/&[#\w]{1,8};/g, (entity) => ENTITIES[entity] ?? entity)
        .trim();
    });
    const first = said[0] ?? "";
    const named = speaker === undefined ? NAMED.exec(first) : null;
    if (named !== null) {
      speaker = named[1]?.trim();
      said[0] = first.slice(named[0].length);
    }
    const own = said.filter((line) => line !== "");
    if (own.length === 0) {
      ledger.leaveOut("no text", `cue ${cues.length + 1}`, speaker);
      continue;
    }
    // Who goes on speaking is named once.
    const name = speaker === cues.at(-1)?.speaker ? "" : (speaker ?? "");
    ledger.read([name, ...own].join(" "), "cue", cues.length + 1);
    cues.push({
      start: seconds(start),
      end: seconds(end),
      text: own.join("\n"),
      ...(speaker === undefined ? {} : { speaker }),
    });
  }
  return withSpeakerLines(withoutRolling(cues, ledger));
}

function leaveOutBlock(lines: readonly string[], ledger: Ledger): void {
  const [first = ""] = lines;
  const text = lines.join(" ").replace(/^WEBVTT\S*|^NOTE\b|^(?:STYLE|REGION)\b/, "");
  if (first.startsWith("STYLE") || first.startsWith("REGION")) return;
  if (text.trim() !== "") ledger.leaveOut("comment", first.startsWith("WEBVTT") ? "head" : "note", text);
}

/** Rolling captions say each line twice: what the cue before ends with is said already. */
function withoutRolling(cues: readonly Cue[], ledger: Ledger): Cue[] {
  return cues.flatMap((cue, n) => {
    const before = cues[n - 1];
    const last = before?.text.split("\n").at(-1);
    const lines = cue.text.split("\n");
    if (before === undefined || last === undefined || last === "" || lines[0] !== last || cue.start > before.end + 1)
      return [cue];
    ledger.leaveOut("repeated", `cue ${n + 1}`);
    const text = lines.slice(1).join("\n");
    return text === "" ? [] : [{ ...cue, text }];
  });
}

/** Some transcripts have the speaker on a line before the text: few different first lines, over and over. */
function withSpeakerLines(cues: readonly Cue[]): Cue[] {
  if (cues.length < 3 || cues.some(({ speaker, text }) => speaker !== undefined || !text.includes("\n")))
    return [...cues];
  const names = new Set(cues.map(({ text }) => text.slice(0, text.indexOf("\n"))));
  if (names.size > cues.length / 2 || [...names].some((name) => name.length > 40)) return [...cues];
  return cues.map((cue) => {
    const at = cue.text.indexOf("\n");
    return { ...cue, speaker: cue.text.slice(0, at), text: cue.text.slice(at + 1) };
  });
}

/** `1:02:03.5` in seconds. */
export function seconds(time: string): number {
  return time
    .replace(",", ".")
    .split(":")
    .reduce((sum, part) => sum * 60 + Number(part), 0);
}
