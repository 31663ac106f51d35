import type { Lane } from "../../user/index.ts";
import type { RecallEntry } from "../recall-types.ts";
import { entryLabel } from "./entry-label.ts";
import { neutralize } from "./neutralize.ts";
import { wholeSentences, wholeWords } from "./sentences.ts";

/** Below this room (characters) an entry is not worth beginning. */
const LEAST_ROOM = 16;

export interface LaneText {
  /** Heading and entries, without a line end after the last; "" when nothing fits. */
  text: string;
  shown: readonly RecallEntry[];
}

/**
 * One lane's part of the context in at most `room` characters. Entries are taken best first; the one that does not fit
 * is cut where a sentence ends, or left out for a shorter one after it when not even its first sentence fits. Only when
 * no entry fits so is one cut between words. Turns are then put in the order in which they were said.
 */
export function composeLane(lane: Lane, entries: readonly RecallEntry[], room: number): LaneText {
  const heading = `## ${lane}`;
  const lines: { entry: RecallEntry; text: string }[] = [];
  let left = room - heading.length;
  for (const entry of entries) {
    const head = headOf(entry);
    const fitted = fit(entry.text, left - 1 - head.length);
    if (fitted.text === "") continue;
    lines.push({ entry, text: head + fitted.text });
    left -= 1 + head.length + fitted.text.length;
    if (!fitted.whole) break;
  }
  if (lines.length === 0) return cutBetweenWords(heading, entries, room);
  if (lane === "working") lines.sort((x, y) => (x.entry.at ?? 0) - (y.entry.at ?? 0));
  return { text: [heading, ...lines.map((line) => line.text)].join("\n"), shown: lines.map((line) => line.entry) };
}

/** One text as a lane: the profile. */
export function composeBlock(lane: Lane, text: string, room: number): string {
  const head = `## ${lane}\n- `;
  const space = room - head.length;
  const cut = fit(text, space).text || forced(text, space);
  return cut === "" ? "" : head + cut;
}

/** As many whole sentences as there is space for. */
function fit(text: string, space: number): { text: string; whole: boolean } {
  if (space < LEAST_ROOM) return { text: "", whole: false };
  const most = mostRead(space);
  if (text.length <= most) {
    const data = neutralize(text);
    const cut = wholeSentences(data, space);
    return { text: cut, whole: cut.length === data.length };
  }
  const beginning = neutralize(text.slice(0, most));
  return { text: wholeSentences(beginning, Math.min(space, beginning.length - 1)), whole: false };
}

function cutBetweenWords(heading: string, entries: readonly RecallEntry[], room: number): LaneText {
  for (const entry of entries) {
    const head = `${heading}\n${headOf(entry)}`;
    const text = forced(entry.text, room - head.length);
    if (text !== "") return { text: head + text, shown: [entry] };
  }
  return { text: "", shown: [] };
}

function forced(text: string, space: number): string {
  return space < LEAST_ROOM ? "" : wholeWords(neutralize(text.slice(0, mostRead(space))), space);
}

function headOf(entry: RecallEntry): string {
  const label = entryLabel(entry);
  return label === "" ? "- " : `- [${label}] `;
}

/** As much of a text as can matter in so much space: a long document then costs no more than a short one. */
function mostRead(space: number): number {
  return space * 2 + 1_000;
}
