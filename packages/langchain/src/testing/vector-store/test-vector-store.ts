import type { Embeddings } from "@langchain/core/embeddings";
import type { VectorStore } from "@langchain/core/vectorstores";
import { registerCases, type TestRunner } from "../runner.ts";
import { searchCases } from "./search-cases.ts";
import { TopicEmbeddings } from "./topic-embeddings.ts";
import { writeCases } from "./write-cases.ts";

export interface VectorStoreFixture {
  /** Empty, and with the embeddings that were handed in. */
  store: VectorStore;
  cleanup?(): Promise<void>;
}

export interface TestVectorStoreOptions {
  /** The store's filter for documents whose metadata field is the value. Default `{ [field]: value }`. */
  filterOf?: (field: string, value: string | number) => VectorStore["FilterType"];
  /** Titles of the cases that are known to fail: each must fail. */
  expectedFailures?: readonly string[];
  /** What registers tests. Default: the globals `describe` and `it`. */
  runner?: TestRunner;
}

/**
 * Registers conformance tests for a LangChain vector store: what an application may rely on, beyond what the types say.
 * `create` makes an empty store for each test, with the kit's embeddings (16 dimensions).
 *
 * @example
 * testVectorStore("MyVectorStore", async (embeddings) => ({ store: new MyVectorStore(embeddings) }));
 */
export function testVectorStore(
  name: string,
  create: (embeddings: Embeddings) => Promise<VectorStoreFixture>,
  { filterOf = (field, value) => ({ [field]: value }), expectedFailures, runner }: TestVectorStoreOptions = {},
): void {
  registerCases(
    `${name}, a VectorStore,`,
    [...searchCases, ...writeCases],
    async (each) => {
      const { store, cleanup } = await create(new TopicEmbeddings());
      try {
        await each.run({ store, filterOf });
      } finally {
        await cleanup?.();
      }
    },
    expectedFailures,
    runner,
  );
}
