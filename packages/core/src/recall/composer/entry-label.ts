import type { RecallEntry } from "../recall-types.ts";
import { dayOf, minuteOf } from "./moment.ts";
import { neutralizeLabel } from "./neutralize.ts";

/**
 * When and who, or where from: `2026-01-03 14:05 UTC, Ada` for a turn, `2026-01-03, Ada` for a memory,
 * `handbook: Refunds` for a document. "" when nothing is known.
 */
export function entryLabel(entry: RecallEntry): string {
  if (entry.lane === "org") {
    const title = titleOf(entry);
    const index = entry.index === undefined ? undefined : neutralizeLabel(entry.index);
    return [index, title && neutralizeLabel(title)].filter(Boolean).join(": ");
  }
  const when = entry.at === undefined ? undefined : entry.lane === "working" ? minuteOf(entry.at) : dayOf(entry.at);
  const who = entry.speaker === undefined ? undefined : neutralizeLabel(entry.speaker);
  return [when, who].filter(Boolean).join(", ");
}

/** A document's title, else its metadata's `title`, when that is text. */
export function titleOf(entry: RecallEntry): string | undefined {
  if (entry.title !== undefined) return entry.title;
  const title = entry.metadata?.title;
  return typeof title === "string" && title.trim() !== "" ? title : undefined;
}
