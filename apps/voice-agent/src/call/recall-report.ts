import { LANES, type Recall, type RecallEntry } from "@sotto/core";
import type { RecallEvent } from "@sotto/livekit";
import type { FoundReport, LaneReport, RecallReport } from "./reports.ts";

/** Most characters of one entry in a report. */
const TEXT_CHARS = 400;

/** What the caller's panel may see of a recall. */
export function recallReport({ messageId, query, status, waitedMs, recall }: RecallEvent): RecallReport {
  return {
    type: "recall",
    messageId,
    query,
    status,
    waitedMs,
    prefetched: recall?.trace.prefetched !== undefined,
    lanes: recall === undefined ? [] : lanesOf(recall),
    found:
      recall === undefined
        ? []
        : [...profileOf(recall), ...[...recall.working, ...recall.permanent, ...recall.org].map(found)],
  };
}

function lanesOf({ trace }: Recall): LaneReport[] {
  return LANES.map((lane) => {
    const { status, ms, hits } = trace.lanes[lane];
    return { lane, status, ms, hits };
  });
}

function profileOf({ profile }: Recall): FoundReport[] {
  return profile?.summary ? [{ lane: "profile", source: "profile", text: cut(profile.summary), score: 1 }] : [];
}

function found({ lane, text, score, at, speaker, metadata, parentId, id }: RecallEntry): FoundReport {
  const title = metadata?.title;
  const source = lane === "org" ? (typeof title === "string" ? title : (parentId ?? id)) : (speaker ?? "assistant");
  return { lane, source, text: cut(text), score, ...(at === undefined ? {} : { at }) };
}

function cut(text: string): string {
  return text.length <= TEXT_CHARS ? text : `${text.slice(0, TEXT_CHARS - 1)}…`;
}
