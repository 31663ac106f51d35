import { wholeSentences, wholeWords } from "../../engine/index.ts";
import { type Lane, oneLine } from "../../user/index.ts";
import type { RecallEntry } from "../recall-types.ts";
import { entryLabel, repeatedOn } from "./entry-label.ts";
import { neutralize } from "./neutralize.ts";

/** Below this room (characters) an entry is not worth beginning. */
const LEAST_ROOM = 16;

export interface LaneText {
  /** Heading and entries, without a line end after the last; "" when nothing fits. */
  text: string;
  shown: readonly RecallEntry[];
}

/**
 * One lane's part of the context in at most `room` characters. Entries are taken best first. What does not fit is left out
 * for a shorter one after it; a document is first cut where a sentence ends, if its first sentence fits, and ends the lane.
 * Only when no entry fits is one cut between words. Then turns stand in the order in which they were said, and what is
 * remembered stands newest first.
 */
export function composeLane(lane: Lane, entries: readonly RecallEntry[], room: number, timeZone?: string): LaneText {
  const heading = `## ${lane}`;
  const lines: { entry: RecallEntry; text: string }[] = [];
  let left = room - heading.length;
  for (const entry of entries) {
    if (left < LEAST_ROOM) break;
    const head = headOf(entry, timeZone);
    const tail = repeatedOn(entry, timeZone);
    const fitted = fit(textOf(entry), left - 1 - head.length - tail.length);
    if (fitted.text === "" || (lane === "permanent" && !fitted.whole)) continue;
    lines.push({ entry, text: head + fitted.text + tail });
    left -= 1 + head.length + fitted.text.length + tail.length;
    if (!fitted.whole) break;
  }
  if (lines.length === 0) return cutBetweenWords(heading, entries, room, timeZone);
  if (lane === "working") lines.sort((x, y) => (x.entry.at ?? 0) - (y.entry.at ?? 0));
  if (lane === "permanent") lines.sort((x, y) => (y.entry.at ?? 0) - (x.entry.at ?? 0));
  return { text: [heading, ...lines.map((line) => line.text)].join("\n"), shown: lines.map((line) => line.entry) };
}

/** What somebody said stands in one line, so that none of it can pass for another's words. */
function textOf({ text, said, role }: RecallEntry): string {
  return role === undefined ? text : oneLine(said ?? text);
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

function cutBetweenWords(
  heading: string,
  entries: readonly RecallEntry[],
  room: number,
  timeZone: string | undefined,
): LaneText {
  for (const entry of entries) {
    const head = `${heading}\n${headOf(entry, timeZone)}`;
    const space = room - head.length;
    const text = fit(textOf(entry), space).text || forced(textOf(entry), space);
    if (text !== "") return { text: head + text, shown: [entry] };
  }
  return { text: "", shown: [] };
}

function forced(text: string, space: number): string {
  return space < LEAST_ROOM ? "" : wholeWords(neutralize(text.slice(0, mostRead(space))), space);
}

function headOf(entry: RecallEntry, timeZone: string | undefined): string {
  const label = entryLabel(entry, timeZone);
  return label === "" ? "- " : `- [${label}] `;
}

/** As much of a text as can matter in so much space: a long document then costs no more than a short one. */
function mostRead(space: number): number {
  return space * 2 + 1_000;
}
