/**
 * Sotto for LangChain: retriever, vector store, embeddings, chat history, tools and a consolidator.
 *
 * @module
 * @example
 * ```ts
 * import { createSotto } from "@sotto/core";
 * import { SottoRetriever } from "@sotto/langchain";
 *
 * const sotto = createSotto();
 * await sotto.createIndex("help", [{ id: "returns", text: "You can return a router within 30 days." }]);
 * const retriever = new SottoRetriever({ sotto, indexes: "help" });
 * const documents = await retriever.invoke("how long can I send it back?");
 * ```
 */
export type { WriteToolName } from "@sotto/core/adapter";
export {
  SottoChatMessageHistory,
  type SottoChatMessageHistoryFields,
} from "./chat-history/sotto-chat-message-history.ts";
export {
  type LlmConsolidatorOptions,
  llmConsolidator,
  type StructuredChatModel,
} from "./consolidator/llm-consolidator.ts";
export { type FromEmbeddingsOptions, fromEmbeddings } from "./embeddings/from-embeddings.ts";
export { SottoEmbeddings, type SottoEmbeddingsParams } from "./embeddings/sotto-embeddings.ts";
export type { HitMetadata } from "./retriever/hit-to-document.ts";
export { SottoRetriever, type SottoRetrieverFields, type SottoSearchType } from "./retriever/sotto-retriever.ts";
export { createMemoryTools } from "./tools/create-memory-tools.ts";
export type { MemoryToolsOptions } from "./tools/memory-tools-options.ts";
export type { MemoryToolConfig, ToolScope } from "./tools/tool-scope.ts";
export {
  type SottoDeleteParams,
  SottoVectorStore,
  type SottoVectorStoreConfig,
} from "./vector-store/sotto-vector-store.ts";
