import assert from "node:assert/strict";
import { Document } from "@langchain/core/documents";
import { fruits, textsFound } from "./documents.ts";
import type { VectorStoreCase } from "./fixture.ts";
import { topicVector } from "./topic-embeddings.ts";

const ALL = "apple banana cherry";

export const writeCases: readonly VectorStoreCase[] = [
  {
    title: "answers the id of each added document, in order",
    async run({ store }) {
      assert.deepEqual(await store.addDocuments(fruits()), ["a", "b", "c"]);
      const made = await store.addDocuments([
        new Document({ pageContent: "date" }),
        new Document({ pageContent: "fig" }),
      ]);
      assert.equal(new Set(made as string[]).size, 2);
      assert.ok((made as string[]).every((id) => typeof id === "string" && id !== ""));
    },
  },
  {
    title: "takes ids beside the documents",
    async run({ store }) {
      const ids = await store.addDocuments([new Document({ pageContent: "apple" })], { ids: ["given"] });
      assert.deepEqual(ids, ["given"]);
      assert.equal((await store.similaritySearch("apple", 1))[0]?.id, "given");
    },
  },
  {
    title: "takes no documents without doing anything",
    async run({ store }) {
      await store.addDocuments([]);
      assert.deepEqual(await store.similaritySearch("apple", 1), []);
    },
  },
  {
    title: "holds a document once, however often it is added with its id",
    async run({ store }) {
      await store.addDocuments(fruits());
      await store.addDocuments(fruits());
      assert.equal((await store.similaritySearch(ALL, 10)).length, 3);
    },
  },
  {
    title: "replaces a document that is added with its id and another text",
    async run({ store }) {
      await store.addDocuments(fruits());
      await store.addDocuments([new Document({ id: "a", pageContent: "mango", metadata: { kind: "orange" } })]);
      const [found] = await store.similaritySearch("mango", 1);
      assert.equal(found?.pageContent, "mango");
      assert.deepEqual(found?.metadata, { kind: "orange" });
      assert.ok(!(await textsFound(store, "apple", 10)).includes("apple apple"), "the text that was replaced is found");
    },
  },
  {
    title: "deletes by id",
    async run({ store }) {
      await store.addDocuments(fruits());
      await store.delete({ ids: ["b"] });
      assert.deepEqual((await textsFound(store, ALL, 10)).sort(), ["apple apple", "cherry cherry"]);
    },
  },
  {
    title: "deletes several at once",
    async run({ store }) {
      await store.addDocuments(fruits());
      await store.delete({ ids: ["a", "c"] });
      assert.deepEqual(await textsFound(store, ALL, 10), ["banana banana"]);
    },
  },
  {
    title: "takes the deletion of a missing id as done",
    async run({ store }) {
      await store.delete({ ids: ["missing"] });
      await store.addDocuments(fruits());
      await store.delete({ ids: ["missing"] });
      assert.equal((await store.similaritySearch(ALL, 10)).length, 3);
    },
  },
  {
    title: "takes a deleted document again",
    async run({ store }) {
      await store.addDocuments(fruits());
      await store.delete({ ids: ["a"] });
      await store.addDocuments(fruits().slice(0, 1));
      assert.deepEqual(await textsFound(store, "apple", 1), ["apple apple"]);
    },
  },
  {
    title: "does not change the documents and ids handed in",
    async run({ store }) {
      const documents = fruits();
      const ids = ["x", "y", "z"];
      await store.addDocuments(documents, { ids });
      await store.similaritySearch("apple", 2);
      assert.deepEqual(documents, fruits());
      assert.deepEqual(ids, ["x", "y", "z"]);
    },
  },
  {
    title: "keeps what it was given when the caller's documents change afterwards",
    async run({ store }) {
      const document = new Document({ id: "a", pageContent: "apple", metadata: { tags: ["ripe"] } });
      await store.addDocuments([document]);
      document.metadata.tags.push("changed");
      assert.deepEqual((await store.similaritySearch("apple", 1))[0]?.metadata, { tags: ["ripe"] });
    },
  },
  {
    title: "finds documents by the vectors they were added with, whatever their text",
    async run({ store }) {
      const documents = [new Document({ id: "a", pageContent: "one" }), new Document({ id: "b", pageContent: "two" })];
      await store.addVectors([topicVector("apple"), topicVector("banana")], documents);
      const [first] = await store.similaritySearchVectorWithScore(topicVector("banana"), 1);
      assert.equal(first?.[0].pageContent, "two");
    },
  },
  {
    title: "keeps documents that are added at the same time",
    async run({ store }) {
      await Promise.all(fruits().map((document) => store.addDocuments([document])));
      assert.equal((await store.similaritySearch(ALL, 10)).length, 3);
    },
  },
];
