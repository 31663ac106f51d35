import { AIMessage, type BaseMessage, HumanMessage } from "@langchain/core/messages";
import {
  Annotation,
  Command,
  END,
  interrupt,
  type LangGraphRunnableConfig,
  MemorySaver,
  MessagesAnnotation,
  START,
  StateGraph,
} from "@langchain/langgraph";
import { ChatOpenAI } from "@langchain/openai";
import { createSotto, memoryStorage, type Sotto } from "@sotto/core";
import { startOfflineLlm } from "@sotto-internal/offline-llm";
import { createAgent } from "langchain";
import { said, shop } from "../src/fixtures/shop.ts";
import { SottoRetriever } from "../src/index.ts";
import { memoryMiddleware } from "../src/middleware/memory-middleware.ts";
import { SottoStore } from "../src/store/sotto-store.ts";

describe("a LangGraph graph with a checkpointer and SottoStore", () => {
  const State = Annotation.Root({ fact: Annotation<string>, approved: Annotation<boolean> });
  const thread = { configurable: { thread_id: "t1", userId: "ada" } };

  /** Notes a draft, asks a person, and then keeps or drops it. */
  function graphOver(sotto: Sotto, checkpointer: MemorySaver) {
    const placeOf = (config: LangGraphRunnableConfig) => ["memories", config.configurable?.userId as string];
    return new StateGraph(State)
      .addNode("draft", async ({ fact }, config) => {
        await config.store?.put([...placeOf(config), "drafts"], "current", { text: fact });
        return {};
      })
      .addNode("ask", async () => ({ approved: interrupt<string, boolean>("Shall I remember this?") }))
      .addNode("keep", async ({ fact, approved }, config) => {
        if (approved) await config.store?.put(placeOf(config), "current", { text: fact });
        await config.store?.delete([...placeOf(config), "drafts"], "current");
        return {};
      })
      .addEdge(START, "draft")
      .addEdge("draft", "ask")
      .addEdge("ask", "keep")
      .addEdge("keep", END)
      .compile({ checkpointer, store: new SottoStore({ sotto }) });
  }

  it("keeps its memory through an interrupt and a resume in another process", async () => {
    const storage = memoryStorage();
    const checkpointer = new MemorySaver();
    const first = createSotto({ storage });
    await graphOver(first, checkpointer).invoke({ fact: "Ada eats no meat." }, thread);
    await first.close();

    const second = createSotto({ storage });
    const store = new SottoStore({ sotto: second });
    expect((await store.get(["memories", "ada", "drafts"], "current"))?.value).toEqual({ text: "Ada eats no meat." });
    expect(await store.get(["memories", "ada"], "current")).toBeNull();

    await graphOver(second, checkpointer).invoke(new Command({ resume: true }), thread);
    const found = await store.search(["memories", "ada"], { query: "does she eat meat?" });
    expect(found.map(({ namespace, value }) => [namespace, value])).toEqual([
      [["memories", "ada"], { text: "Ada eats no meat." }],
    ]);
    expect(await store.listNamespaces({ prefix: ["memories"] })).toEqual([["memories", "ada"]]);
    await second.close();
    await storage.close();
  });
});

describe("a graph that retrieves, over HTTP to a model", () => {
  it("answers from what the retriever found", async () => {
    const server = await startOfflineLlm();
    const sotto = await shop();
    const model = new ChatOpenAI({ model: "gpt-4.1-mini", apiKey: "none", configuration: { baseURL: server.baseURL } });
    const retriever = new SottoRetriever({ sotto, indexes: "help", k: 2 });
    const graph = new StateGraph(MessagesAnnotation)
      .addNode("answer", async ({ messages }) => {
        const question = messages.at(-1) as BaseMessage;
        const found = await retriever.invoke(question.text);
        const context = found.map(({ pageContent }) => pageContent).join("\n\n");
        return { messages: [await model.invoke([{ role: "system", content: context }, question])] };
      })
      .addEdge(START, "answer")
      .addEdge("answer", END)
      .compile({ checkpointer: new MemorySaver() });
    const { messages } = await graph.invoke(
      { messages: [new HumanMessage("How many days until a refund reaches my bank account?")] },
      { configurable: { thread_id: "t1" } },
    );
    expect(messages.at(-1)?.text).toContain("within five days");
    await sotto.close();
    await server.close();
  });
});

describe("an agent with memory, streaming over HTTP", () => {
  it("answers in a second conversation from what was said in the first", async () => {
    const server = await startOfflineLlm();
    const sotto = await shop();
    const agent = createAgent({
      model: new ChatOpenAI({ model: "gpt-4.1-mini", apiKey: "none", configuration: { baseURL: server.baseURL } }),
      tools: [],
      checkpointer: new MemorySaver(),
      middleware: [memoryMiddleware(sotto, { timeoutMs: 10_000 })],
    });

    async function ask(text: string, thread_id: string): Promise<string> {
      const stream = await agent.stream(
        { messages: [{ role: "user", content: text }] },
        { context: { userId: "ada" }, configurable: { thread_id }, streamMode: "messages" },
      );
      let answer = "";
      for await (const [message] of stream) if (AIMessage.isInstance(message)) answer += message.text;
      return answer;
    }

    await ask("My kettle is blue.", "chat-1");
    await sotto.endSession({ user: "ada", session: "chat-1" });
    expect(await ask("What colour is my kettle?", "chat-2")).toContain("blue");
    expect((await said(sotto, "chat-2"))[0]).toBe("user: What colour is my kettle?");
    await sotto.close();
    await server.close();
  });
});
