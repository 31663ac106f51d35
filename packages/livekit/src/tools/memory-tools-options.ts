import type { MemoryToolOptions as KitOptions, MemoryToolName } from "@sotto/core/adapter";
import type { MemoryOperation } from "../telemetry/memory-span.ts";

/** Tools that a call has: the knowledge base is loaded by `prewarmMemory`, and grows elsewhere. */
export type CallToolName = Exclude<MemoryToolName, "list_indexes" | "load_index" | "add_documents" | "search_memory">;

/** What a tool does, as a trace names it. */
export const OPERATIONS: Readonly<Record<CallToolName, MemoryOperation>> = {
  search_knowledge_base: "search_memory",
  search_conversation: "search_memory",
  remember: "create_memory",
  forget: "delete_memory",
};
/** Names of the tools: what they found is remembered already. */
export const MEMORY_TOOLS: ReadonlySet<string> = new Set(Object.keys(OPERATIONS));

/** Which tools a model gets, and how they behave. */
export interface MemoryToolsOptions
  extends Pick<
    KitOptions,
    "topK" | "filter" | "minScore" | "contextCharCap" | "perLaneCharCap" | "orgIndexes" | "timeoutMs" | "writeTimeoutMs"
  > {
  /** Default true. */
  search_knowledge_base?: boolean | undefined;
  /** Default true. */
  search_conversation?: boolean | undefined;
  /** Default true. */
  remember?: boolean | undefined;
  /** Lets the model delete what is remembered of the caller. Default false. */
  forget?: boolean | undefined;
}
