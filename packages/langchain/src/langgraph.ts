/**
 * Sotto as a LangGraph store, and memory as nodes of a graph. Needs `@langchain/langgraph`.
 *
 * @module
 */
export {
  type MemoryNodeConfig,
  type MemoryNodeOptions,
  type MessagesState,
  memoryNodes,
} from "./langgraph-nodes.ts";
export { type SottoPutOperation, SottoStore, type SottoStoreConfig } from "./store/sotto-store.ts";
