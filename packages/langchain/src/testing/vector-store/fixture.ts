import type { VectorStore } from "@langchain/core/vectorstores";
import type { ConformanceCase } from "../runner.ts";

export interface VectorStoreContext {
  store: VectorStore;
  /** The store's filter for documents whose metadata field is the value. */
  filterOf(field: string, value: string | number): VectorStore["FilterType"];
}

export type VectorStoreCase = ConformanceCase<VectorStoreContext>;
