export {
  DeadlineExceededError,
  type DeadlineOptions,
  withDeadline,
} from "./deadline.ts";
export {
  type FactConsolidatorOptions,
  type FactOptions,
  factConsolidator,
} from "./facts/fact-consolidator.ts";
export type { FactPrompt } from "./facts/fact-prompt.ts";
export type { JsonSchema } from "./facts/fact-schema.ts";
export { fencedLines } from "./fenced.ts";
export {
  createMemoryClient,
  type MemoryClient,
  type StartedSession,
} from "./memory-client.ts";
export { type ScopeOption, scopeKey, scopeOf, userIdOf } from "./scope.ts";
export {
  type SearchMemoryResult,
  type SearchMemoryTool,
  type SearchMemoryToolOptions,
  searchMemoryTool,
} from "./search-memory-tool.ts";
export { memoryToolSet } from "./tools/memory-tools.ts";
export {
  type AddDocumentsOutput,
  type ForgetOutput,
  type FoundEntry,
  type IndexesOutput,
  type ListedIndex,
  MEMORY_TOOL_NAMES,
  type MemoryTool,
  type MemoryToolCall,
  type MemoryToolName,
  type MemoryToolOptions,
  type MemoryToolResult,
  type MemoryToolSet,
  type MemoryToolValues,
  type RememberOutput,
  type SearchOutput,
  type ToolParameters,
  type WriteToolName,
} from "./tools/tool-types.ts";
export {
  type TurnMemory,
  type TurnSotto,
  turnMemory,
} from "./turn/turn-memory.ts";
export type { TurnOptions, TurnStats } from "./turn/turn-options.ts";
export type { AskedTurn, RecallOutcome } from "./turn/turn-recall.ts";
export type { DraftedTurn, TurnDraft } from "./turn/turn-writes.ts";
