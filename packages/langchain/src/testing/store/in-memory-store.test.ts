import { InMemoryStore } from "@langchain/langgraph";
import { TopicEmbeddings } from "../vector-store/topic-embeddings.ts";
import { testStore } from "./test-store.ts";

testStore(
  "LangGraph's InMemoryStore",
  async () => ({ store: new InMemoryStore({ index: { dims: 16, embeddings: new TopicEmbeddings() } }) }),
  {
    expectedFailures: [
      "keeps its own copy of what is put",
      "gives items that are the caller's own",
      "gives an item that later puts do not change",
      "refuses them in a batch, too, and then writes nothing of it",
      "does not find user/10 under user/1",
      "does not find users under user",
      "tells the label user:1 from the labels user and 1",
      "writes a label and a key with a colon in one batch to their own places",
      "lists a label with a colon as one label",
      "does not list a namespace whose last item was deleted",
      "does not rank by a text that was replaced",
      "does not rank by a text that a put with index false took out",
      // Its reads give the live item, which the batch's write then changes.
      "reads the state before a batch's own writes",
    ],
  },
);
