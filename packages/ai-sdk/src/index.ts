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
export {
  type AgentEndEvent,
  type AgentMemory,
  type AgentMemoryOptions,
  type AgentStartEvent,
  type AgentStepOptions,
  agentMemory,
} from "./agent/agent-memory.ts";
export { type ChatMemory, type ChatMemoryOptions, type ChatRequest, chatMemory } from "./chat/chat-memory.ts";
export { ChatNotSavedError } from "./chat/chat-not-saved-error.ts";
export { type LlmConsolidatorOptions, llmConsolidator } from "./consolidation/llm-consolidator.ts";
export { DeadlineExceededError } from "./deadline/deadline-exceeded-error.ts";
export { type EmbeddingModelOptions, embeddingModel } from "./embedding/embedding-model.ts";
export { type FromEmbeddingModelOptions, fromEmbeddingModel } from "./embedding/from-embedding-model.ts";
export type { CitationOptions } from "./middleware/citations.ts";
export {
  type MemoryMiddleware,
  type MemoryMiddlewareOptions,
  memoryMiddleware,
} from "./middleware/memory-middleware.ts";
export type { Placement } from "./middleware/place-block.ts";
export type { EmbeddingModelV4, ProviderOptions } from "./provider-types.ts";
export { type FromRerankingModelOptions, fromRerankingModel } from "./reranking/from-reranking-model.ts";
export type { AddDocumentsInput, AddDocumentsOutput } from "./tools/add-documents-tool.ts";
export type { ForgetInput, ForgetOutput } from "./tools/forget-tool.ts";
export type { IndexesOutput, ListedIndex } from "./tools/list-indexes-tool.ts";
export type { MemoryToolOptions, WriteToolName } from "./tools/memory-tool-options.ts";
export { type MemoryTools, memoryTools, type ReadTools, type WriteTools } from "./tools/memory-tools.ts";
export type { RememberInput, RememberOutput } from "./tools/remember-tool.ts";
export type { FoundEntry, SearchOutput } from "./tools/search-output.ts";
export type { SearchInput } from "./tools/search-tool.ts";
export type { MemoryToolContext } from "./tools/tool-scope.ts";
export type { ScopeOption } from "./turn/scope-option.ts";
export type { TurnOptions, TurnStats } from "./turn/turn-options.ts";
