import { MemoryVectorStore } from "@langchain/classic/vectorstores/memory";
import type { DocumentInterface } from "@langchain/core/documents";
import { testVectorStore } from "./test-vector-store.ts";

testVectorStore("LangChain's MemoryVectorStore", async (embeddings) => ({ store: new MemoryVectorStore(embeddings) }), {
  filterOf: (field, value) => (document: DocumentInterface) => document.metadata[field] === value,
  expectedFailures: [
    "gives results that are the caller's own",
    "answers the id of each added document, in order",
    "takes ids beside the documents",
    "holds a document once, however often it is added with its id",
    "replaces a document that is added with its id and another text",
    "deletes by id",
    "deletes several at once",
    "takes the deletion of a missing id as done",
    "takes a deleted document again",
    "keeps what it was given when the caller's documents change afterwards",
  ],
});
