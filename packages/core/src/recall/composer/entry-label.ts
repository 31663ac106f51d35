import type { RecallEntry } from "../recall-types.ts";
import { dayOf, minuteOf } from "./moment.ts";
import { neutralizeLabel } from "./neutralize.ts";

/** Most characters of a question that is shown with its answer, and of a file or index name. */
const QUESTION_CHARS = 200;
/** Of the days on which the same was said before, so many are named. */
const MOST_DAYS = 3;

/**
 * When and who, or where from: `2026-01-03 14:05 UTC, Ada` for a turn of this call, `2026-01-03, Ada` for what is
 * remembered, `handbook: Refunds` for a document; with the question that it answers, and where the same subject has a
 * newer value, its day. "" when nothing is known. Days are those of `timeZone`.
 */
export function entryLabel(entry: RecallEntry, timeZone?: string): string {
  if (entry.lane === "org") {
    const title = titleOf(entry);
    const index = entry.index === undefined ? undefined : neutralizeLabel(entry.index);
    return [index, title && neutralizeLabel(title)].filter(Boolean).join(": ");
  }
  const moment = entry.lane === "working" ? minuteOf : dayOf;
  const when = entry.at === undefined ? undefined : moment(entry.at, timeZone);
  const who = entry.speaker === undefined ? undefined : neutralizeLabel(entry.speaker);
  const asked = entry.answers && `asked “${neutralizeLabel(entry.answers.text, QUESTION_CHARS)}”`;
  const later = entry.laterAt === undefined ? undefined : dayOf(entry.laterAt, timeZone);
  return [when, who, asked, later && `earlier; see ${later}`].filter(Boolean).join(", ");
}

/** ` [also said on 2026-01-01, 2025-12-03]`; "" for what was said on one day only. */
export function repeatedOn({ at, alsoAt = [] }: RecallEntry, timeZone?: string): string {
  const own = at === undefined ? undefined : dayOf(at, timeZone);
  const days = [...new Set(alsoAt.flatMap((moment) => dayOf(moment, timeZone) ?? []))].filter((day) => day !== own);
  if (days.length === 0) return "";
  const more = days.length > MOST_DAYS ? ` and ${days.length - MOST_DAYS} more` : "";
  return ` [also said on ${days.slice(0, MOST_DAYS).join(", ")}${more}]`;
}

/** A document's title, else its metadata's `title`, when that is text. */
export function titleOf(entry: RecallEntry): string | undefined {
  const title = entry.title ?? entry.metadata?.title;
  return typeof title === "string" && title.trim() !== "" ? title : undefined;
}
