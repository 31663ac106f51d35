import type { Lane, RecallOptions, Scope } from "@sotto/core";

/** The tools that change something. */
export type WriteToolName = "addDocuments" | "remember" | "forget";

export interface MemoryToolOptions<Write extends WriteToolName = never>
  extends Pick<RecallOptions, "topK" | "filter" | "minScore" | "contextCharCap" | "perLaneCharCap"> {
  /** Whose memory. Left out, every tool takes it from `toolsContext`. A model never names it. */
  scope?: Scope;
  /** Lanes that `searchMemory` searches. Default: all four. */
  lanes?: readonly Lane[];
  /** Indexes that can be searched, listed and loaded. Default: every index of the project. */
  indexes?: readonly string[];
  /** Tools that change something; none unless named here. */
  write?: readonly Write[];
  /** The index that `addDocuments` writes to; needed with it. */
  writeIndex?: string;
  /** Whether a write waits for the user's approval. Default true. */
  needsApproval?: boolean | Partial<Record<WriteToolName, boolean>>;
  /** Milliseconds a search may take; what is late is left out. Default 2,000. */
  timeoutMs?: number;
  /** Milliseconds a write, a listing or a load may take; then it fails. Default 10,000. */
  writeTimeoutMs?: number;
}
