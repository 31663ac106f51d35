import type { MemoryToolOptions as KitOptions, MemoryToolName } from "@sotto/core/adapter";

/** Tools that a call has: the knowledge base is loaded by `prewarmMemory`, and grows elsewhere. */
export type CallToolName = Exclude<MemoryToolName, "list_indexes" | "load_index" | "add_documents" | "search_memory">;

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
