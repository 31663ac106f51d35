import type { RecallOptions } from "@sotto/core";
import type { ToolScope } from "./tool-scope.ts";

/** The tools that change something. */
export type WriteToolName = "remember" | "forget";

export interface MemoryToolsOptions
  extends Pick<
    RecallOptions,
    "lanes" | "topK" | "filter" | "minScore" | "contextCharCap" | "perLaneCharCap" | "orgIndexes"
  > {
  /** Whose memory: fixed, or taken from the config of the call. No tool has a parameter for it. */
  scope: ToolScope;
  /** Tools that change something; none unless named here. */
  write?: readonly WriteToolName[];
  /** Milliseconds a search may take; what is late is left out. Default 2,000. */
  timeoutMs?: number;
}
