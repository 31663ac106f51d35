/**
 * What every adapter for an agent framework needs: turns that are recalled and recorded, memory as tools, facts by a
 * language model, deadlines. An adapter brings its framework's hooks, its messages and the call of its model.
 *
 * @module
 */
export {
  type AddDocumentsOutput,
  type AskedTurn,
  createMemoryClient,
  DeadlineExceededError,
  type DeadlineOptions,
  type DraftedTurn,
  type FactConsolidatorOptions,
  type FactOptions,
  type FactPrompt,
  type ForgetOutput,
  type FoundEntry,
  factConsolidator,
  fencedLines,
  type IndexesOutput,
  type JsonSchema,
  type ListedIndex,
  MEMORY_TOOL_NAMES,
  type MemoryClient,
  type MemoryTool,
  type MemoryToolCall,
  type MemoryToolName,
  type MemoryToolOptions,
  type MemoryToolResult,
  type MemoryToolSet,
  type MemoryToolValues,
  memoryToolSet,
  type RecallOutcome,
  type RememberOutput,
  type ScopeOption,
  type SearchMemoryResult,
  type SearchMemoryTool,
  type SearchMemoryToolOptions,
  type SearchOutput,
  type StartedSession,
  scopeKey,
  scopeOf,
  searchMemoryTool,
  type ToolParameters,
  type TurnDraft,
  type TurnMemory,
  type TurnOptions,
  type TurnSotto,
  type TurnStats,
  turnMemory,
  userIdOf,
  type WriteToolName,
  withDeadline,
} from "./adapter/index.ts";
export { type Clock, systemClock } from "./clock.ts";
export { codeOf } from "./errors/index.ts";
export { consoleLogger, type Logger } from "./logger.ts";
