import assert from "node:assert/strict";
import { Document } from "@langchain/core/documents";
import { fruits, textsFound } from "./documents.ts";
import type { VectorStoreCase } from "./fixture.ts";
import { topicVector } from "./topic-embeddings.ts";

export const searchCases: readonly VectorStoreCase[] = [
  {
    title: "finds nothing while it is empty",
    async run({ store }) {
      assert.deepEqual(await store.similaritySearch("apple", 3), []);
      assert.deepEqual(await store.similaritySearchWithScore("apple", 3), []);
      assert.deepEqual(await store.similaritySearchVectorWithScore(topicVector("apple"), 3), []);
    },
  },
  {
    title: "finds the nearest document first",
    async run({ store }) {
      await store.addDocuments(fruits());
      for (const topic of ["apple", "banana", "cherry"]) {
        assert.deepEqual(await textsFound(store, topic, 1), [`${topic} ${topic}`]);
      }
    },
  },
  {
    title: "gives results the ids of their documents",
    async run({ store }) {
      await store.addDocuments(fruits());
      assert.equal((await store.similaritySearch("banana", 1))[0]?.id, "b");
    },
  },
  {
    title: "gives k results, or all where there are fewer",
    async run({ store }) {
      await store.addDocuments(fruits());
      assert.equal((await store.similaritySearch("apple", 2)).length, 2);
      assert.equal((await store.similaritySearch("apple", 10)).length, 3);
    },
  },
  {
    title: "gives 4 results when k is not said",
    async run({ store }) {
      await store.addDocuments(
        ["apple", "banana", "cherry", "date", "fig"].map((pageContent) => new Document({ pageContent })),
      );
      assert.equal((await store.similaritySearch("apple")).length, 4);
    },
  },
  {
    title: "gives scores that fall, the same by text and by vector in order",
    async run({ store }) {
      await store.addDocuments([
        new Document({ id: "1", pageContent: "apple apple apple" }),
        new Document({ id: "2", pageContent: "apple apple banana" }),
        new Document({ id: "3", pageContent: "banana banana fig" }),
      ]);
      const byVector = await store.similaritySearchVectorWithScore(topicVector("apple"), 3);
      assert.deepEqual(
        byVector.map(([document]) => document.pageContent),
        ["apple apple apple", "apple apple banana", "banana banana fig"],
      );
      const byText = await store.similaritySearchWithScore("apple", 3);
      for (const found of [byVector, byText]) {
        const scores = found.map(([, score]) => score);
        assert.deepEqual(
          scores,
          [...scores].sort((x, y) => y - x),
        );
        assert.ok((scores[0] as number) > (scores[2] as number));
      }
      assert.equal(byText[0]?.[0].pageContent, "apple apple apple");
    },
  },
  {
    title: "gives metadata back as it was, nested too",
    async run({ store }) {
      const metadata = { source: "a.md", loc: { lines: { from: 1, to: 2 } }, tags: ["x", "y"], none: null };
      await store.addDocuments([new Document({ pageContent: "apple", metadata })]);
      assert.deepEqual((await store.similaritySearch("apple", 1))[0]?.metadata, metadata);
    },
  },
  {
    title: "gives every script and long texts back as they were",
    async run({ store }) {
      const texts = ["apple 日本語 🙂 e\u0301\n\ttabs", `banana ${"word ".repeat(4_000)}`];
      await store.addDocuments(texts.map((pageContent) => new Document({ pageContent })));
      assert.deepEqual(await textsFound(store, "apple", 1), texts.slice(0, 1));
      assert.deepEqual(await textsFound(store, "banana", 1), texts.slice(1));
    },
  },
  {
    title: "gives results that are the caller's own",
    async run({ store }) {
      await store.addDocuments(fruits());
      const [found] = await store.similaritySearch("apple", 1);
      assert.ok(found);
      found.metadata.kind = "changed";
      found.pageContent = "changed";
      const [again] = await store.similaritySearch("apple", 1);
      assert.equal(again?.pageContent, "apple apple");
      assert.equal(again?.metadata.kind, "red");
    },
  },
  {
    title: "filters before it counts to k",
    async run({ store, filterOf }) {
      await store.addDocuments(fruits());
      const found = await store.similaritySearch("banana", 2, filterOf("kind", "red"));
      assert.deepEqual(found.map(({ id, pageContent }) => id ?? pageContent).sort(), ["a", "c"]);
      const bySize = await store.similaritySearchVectorWithScore(topicVector("apple"), 3, filterOf("size", 2));
      assert.deepEqual(
        bySize.map(([document]) => document.pageContent),
        ["banana banana"],
      );
    },
  },
  {
    title: "finds nothing by a filter that nothing passes",
    async run({ store, filterOf }) {
      await store.addDocuments(fruits());
      assert.deepEqual(await store.similaritySearch("apple", 3, filterOf("kind", "blue")), []);
      assert.deepEqual(await store.similaritySearch("apple", 3, filterOf("nothing", "has it")), []);
    },
  },
  {
    title: "prefers by maximal marginal relevance what differs",
    async run({ store }) {
      assert.ok(store.maxMarginalRelevanceSearch, "it has no maxMarginalRelevanceSearch");
      await store.addDocuments([
        new Document({ id: "1", pageContent: "apple apple apple banana" }),
        new Document({ id: "2", pageContent: "apple apple apple banana" }),
        new Document({ id: "3", pageContent: "apple cherry" }),
      ]);
      const search = async (lambda: number) =>
        (await store.maxMarginalRelevanceSearch?.("apple", { k: 2, fetchK: 3, lambda }, undefined))?.map(
          ({ pageContent }) => pageContent,
        );
      assert.deepEqual(await search(1), ["apple apple apple banana", "apple apple apple banana"]);
      assert.deepEqual(await search(0.3), ["apple apple apple banana", "apple cherry"]);
    },
  },
  {
    title: "is a retriever, with a filter and by maximal marginal relevance",
    async run({ store, filterOf }) {
      await store.addDocuments(fruits());
      const [found] = await store.asRetriever({ k: 1 }).invoke("cherry");
      assert.equal(found?.pageContent, "cherry cherry");
      const [filtered] = await store.asRetriever({ k: 1, filter: filterOf("kind", "yellow") }).invoke("cherry");
      assert.equal(filtered?.pageContent, "banana banana");
      const diverse = await store.asRetriever({ k: 3, searchType: "mmr" }).invoke("cherry");
      assert.equal(diverse.length, 3);
    },
  },
];
