import type { Filter, JsonValue, Metadata } from "../engine/index.ts";
import type { Turn } from "../session/index.ts";
import type { Lane, Profile, Provenance, Scope } from "../user/index.ts";

export interface RecallOptions extends Scope {
  /** Default: all four. */
  lanes?: readonly Lane[];
  /** Hits per lane. Default permanent 6, org 4, working 4. A number is for every lane. */
  topK?: number | Partial<Record<Exclude<Lane, "profile">, number>>;
  /** What the agent is about to do; words added to the search at a lower weight. */
  intent?: string;
  /** On the metadata of documents (org lane), and of memories that have some: what was said has none, and stays. */
  filter?: Filter;
  /** Share of the dense score, in [0, 1], in every lane. Default: what suits the embedder. */
  alpha?: number;
  /** Whether the reranker of createSotto orders what is found. Default: true where there is one. Late, it is done without. */
  rerank?: boolean;
  /** Only what this one said, in the conversation lanes: `user`, `assistant`, a user id or a name as it is shown. */
  speaker?: string;
  /** Only what comes from calls that these agents held (permanent lane). */
  agents?: readonly string[];
  /** Leaves out weaker hits, in [0, 1]. Default: `recall.minScore` of createSotto; without it 0.1 for ten memories or documents, rising to 0.2 for a thousand. */
  minScore?: number;
  /** Resolves by then, whatever is late. Default 250. */
  timeoutMs?: number;
  signal?: AbortSignal;
  /**
   * Indexes of the org lane. Default: `recall.orgIndexes` of createSotto, else every index of the project whose name does
   * not begin with a dot.
   */
  orgIndexes?: readonly string[];
  /** What was true at this moment (permanent lane), milliseconds since the epoch. Default: now. */
  asOf?: number;
  /** Ids of turns that the model sees anyway: left out of the working lane. The turn being answered always is. */
  excludeTurnIds?: readonly string[];
  /** Leaves the newest so many turns out of the working lane, because the model's context holds them. Default 0. */
  excludeLastTurns?: number;
  /** Most characters of `contextText` (default 8000), and of one lane in it (default 2400). */
  contextCharCap?: number;
  perLaneCharCap?: number;
}

export interface RecallEntry {
  id: string;
  lane: Exclude<Lane, "profile">;
  text: string;
  /** Org lane: the document's title. */
  title?: string;
  /** In [0, 1]. */
  score: number;
  /** When it was said or became true, milliseconds since the epoch; undefined for documents. */
  at?: number;
  /** Who said it, as shown: a name, a user id, or `assistant`. */
  speaker?: string;
  role?: "user" | "assistant";
  /** The question that it answers, where it means little without; `text` then holds both, and `said` the answer alone. */
  answers?: { speaker: string; text: string };
  said?: string;
  /** When the same was said before, newest first. */
  alsoAt?: readonly number[];
  /** When something else was said on the same subject later: this is the older value. */
  laterAt?: number;
  sessionId?: string;
  /** Org lane: the index, and the document that a chunk was cut from. */
  index?: string;
  parentId?: string;
  metadata?: Metadata;
  payload?: JsonValue;
  provenance?: readonly Provenance[];
}

export type LaneStatus = "ok" | "empty" | "skipped" | "late" | "failed" | "aborted" | "overloaded";

export interface LaneTrace {
  status: LaneStatus;
  /** Milliseconds from the start of recall to this lane's answer (or to its being given up). */
  ms: number;
  hits: number;
  /** `code: message` of a failure. */
  error?: string;
}

export interface RecallTrace {
  id: string;
  /** What was searched for. */
  query: string;
  /** Characters of the query as it was given, where it was over `limits.queryChars`: its middle is left out of the search. */
  queryCutFrom?: number;
  /** True when a lane that was asked for is late, failed or aborted. */
  degraded: boolean;
  lanes: Record<Lane, LaneTrace>;
  embedMs: number;
  tookMs: number;
  timeoutMs: number;
  /** Set when the answer was made by `prefetch`: the partial text that it covered, and when it was started. */
  prefetched?: { text: string; startedAt: number };
}

/** One entry of `contextText`, for citations. */
export interface RecallSource {
  id: string;
  lane: Lane;
  score: number;
  index?: string;
  sessionId?: string;
  parentId?: string;
  title?: string;
}

export interface Recall {
  /** Ready to be put in front of a model: fenced, bounded, empty when nothing was found. */
  contextText: string;
  profile: Profile | null;
  working: readonly RecallEntry[];
  /**
   * What was said in earlier calls and facts, best first; and turns of another session of the user that has not ended, which
   * have no `provenance`.
   */
  permanent: readonly RecallEntry[];
  org: readonly RecallEntry[];
  sources: readonly RecallSource[];
  trace: RecallTrace;
}

/** The last turns and what is open, for a greeting or a hand-over. */
export interface Brief {
  /** Fenced text as in `Recall.contextText`. */
  contextText: string;
  profile: Profile | null;
  /** Oldest first. */
  turns: readonly Turn[];
  /** The newest memories of earlier calls, newest first. */
  permanent: readonly RecallEntry[];
}

export interface BriefOptions extends Scope {
  /** Most turns. Default 8. */
  maxTurns?: number;
  /** Most memories of earlier calls. Default 4. */
  maxMemories?: number;
  contextCharCap?: number;
  timeoutMs?: number;
}
