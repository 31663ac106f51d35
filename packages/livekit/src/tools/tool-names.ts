/** Names of the tools that `createMemoryTools` makes. */
export type MemoryToolName = "search_knowledge_base" | "search_conversation" | "remember" | "forget";

export const MEMORY_TOOL_NAMES: ReadonlySet<string> = new Set<MemoryToolName>([
  "search_knowledge_base",
  "search_conversation",
  "remember",
  "forget",
]);
