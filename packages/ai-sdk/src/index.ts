/**
 * Memory for the Vercel AI SDK: middleware, tools, agents, chats, and models in both directions.
 *
 * @module
 * @example
 * ```ts
 * import { memoryMiddleware } from "@sotto/ai-sdk";
 * import { createSotto } from "@sotto/core";
 * import { generateText, wrapLanguageModel } from "ai";
 *
 * const sotto = createSotto();
 * const memory = memoryMiddleware(sotto, { scope: { user: "ana", session: "chat-1" } });
 * const { text } = await generateText({ model: wrapLanguageModel({ model, middleware: memory }), prompt: "Hello!" });
 * await memory.flush();
 * ```
 */

export type {
  AddDocumentsOutput,
  ForgetOutput,
  FoundEntry,
  IndexesOutput,
  ListedIndex,
  RememberOutput,
  ScopeOption,
  SearchOutput,
  TurnOptions,
  TurnStats,
} from "@sotto/core/adapter";
export { DeadlineExceededError } from "@sotto/core/adapter";
export {
  type AgentEndEvent,
  type AgentMemory,
  type AgentMemoryOptions,
  type AgentStartEvent,
  type AgentStepOptions,
  type AgentStepResult,
  agentMemory,
} from "./agent/agent-memory.ts";
export type { ListedChat } from "./chat/chat-list.ts";
export {
  type ChatMemory,
  type ChatMemoryOptions,
  type ChatRequest,
  chatMemory,
  type SaveOptions,
} from "./chat/chat-memory.ts";
export { ChatNotSavedError } from "./chat/chat-not-saved-error.ts";
export { type LlmConsolidatorOptions, llmConsolidator } from "./consolidation/llm-consolidator.ts";
export { type EmbeddingModelOptions, embeddingModel } from "./embedding/embedding-model.ts";
export { type FromEmbeddingModelOptions, fromEmbeddingModel } from "./embedding/from-embedding-model.ts";
export type { CitationOptions } from "./middleware/citations.ts";
export {
  type MemoryMiddleware,
  type MemoryMiddlewareOptions,
  memoryMiddleware,
} from "./middleware/memory-middleware.ts";
export type { EmbeddingModelV4, ProviderOptions } from "./provider-types.ts";
export { type FromRerankingModelOptions, fromRerankingModel } from "./reranking/from-reranking-model.ts";
export type { MemoryToolOptions, WriteToolName } from "./tools/memory-tool-options.ts";
export {
  type AddDocumentsInput,
  type ForgetInput,
  type MemoryTools,
  memoryTools,
  type ReadTools,
  type RememberInput,
  type SearchInput,
  type WriteTools,
} from "./tools/memory-tools.ts";
export type { MemoryToolContext } from "./tools/tool-scope.ts";
export type { ConversationMessage } from "./turn/conversation.ts";
export type { MemoryOptions, Placement } from "./turn/memory-options.ts";
export { withSotto } from "./with-sotto.ts";
