import type { BaseStore } from "@langchain/langgraph";
import type { ConformanceCase } from "../runner.ts";

export interface StoreContext {
  store: BaseStore;
}

export type StoreCase = ConformanceCase<StoreContext>;

/** Where items are, as `namespace key`, sorted. */
export function placesOf(items: readonly { namespace: string[]; key: string }[]): string[] {
  return items.map(({ namespace, key }) => `${namespace.join("/")} ${key}`).sort();
}
