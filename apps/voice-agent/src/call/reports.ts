import type { Lane, LaneStatus } from "@sotto/core";

/** Text streams of the worker on this topic are `MemoryReport`s as JSON: what the page's panel shows. */
export const MEMORY_TOPIC = "sotto.memory";

/** What memory found for one message of the caller. */
export interface RecallReport {
  type: "recall";
  messageId: string;
  query: string;
  status: "ok" | "empty" | "late" | "failed" | "unknown_user";
  /** Milliseconds that the reply waited for memory. */
  waitedMs: number;
  /** True when recall had begun before the caller's last word. */
  prefetched: boolean;
  lanes: LaneReport[];
  found: FoundReport[];
}

export interface LaneReport {
  lane: Lane;
  status: LaneStatus;
  ms: number;
  hits: number;
}

export interface FoundReport {
  lane: Lane;
  /** Title of a document, or who said it. */
  source: string;
  text: string;
  /** 0 to 1. */
  score: number;
  /** Milliseconds since the epoch; undefined for documents. */
  at?: number;
}

/** One utterance is on disk. */
export interface SavedReport {
  type: "saved";
  itemId: string;
  role: "user" | "assistant";
  text: string;
  /** Milliseconds until the disk had it. */
  tookMs: number;
}

export type MemoryReport = RecallReport | SavedReport;
