import { Document } from "@langchain/core/documents";
import type { VectorStore } from "@langchain/core/vectorstores";

/** Three documents about one thing each, with ids `a`, `b`, `c`. */
export function fruits(): Document[] {
  return [
    new Document({ id: "a", pageContent: "apple apple", metadata: { kind: "red", size: 1 } }),
    new Document({ id: "b", pageContent: "banana banana", metadata: { kind: "yellow", size: 2 } }),
    new Document({ id: "c", pageContent: "cherry cherry", metadata: { kind: "red", size: 3 } }),
  ];
}

export async function textsFound(store: VectorStore, query: string, k: number): Promise<string[]> {
  return (await store.similaritySearch(query, k)).map(({ pageContent }) => pageContent);
}
