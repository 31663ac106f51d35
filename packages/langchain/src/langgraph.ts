/**
 * Sotto as a LangGraph store. Needs `@langchain/langgraph`.
 *
 * @module
 */
export { type SottoPutOperation, SottoStore, type SottoStoreConfig } from "./store/sotto-store.ts";
