import { Document } from "@langchain/core/documents";
import { AIMessage, type BaseMessage, HumanMessage, SystemMessage, ToolMessage } from "@langchain/core/messages";
import { fakeModel } from "@langchain/core/testing";
import { tool } from "@langchain/core/tools";
import { MemorySaver } from "@langchain/langgraph";
import type { Sotto } from "@sotto/core";
import { type AgentMiddleware, createAgent, humanInTheLoopMiddleware, summarizationMiddleware } from "langchain";
import { z } from "zod";
import { memoryMiddleware } from "../src/agents.ts";
import { said, shop } from "../src/fixtures/shop.ts";
import { SottoChatMessageHistory, SottoEmbeddings, SottoVectorStore } from "../src/index.ts";

const run = { context: { userId: "ada" }, configurable: { thread_id: "t" } };
const shownTo = (messages: readonly BaseMessage[] | undefined) => (messages ?? []).map(({ text }) => text).join("\n");
const answers = (...texts: string[]) => texts.reduce((model, text) => model.respond(new AIMessage(text)), fakeModel());

let sotto: Sotto;

beforeEach(async () => {
  sotto = await shop();
});
afterEach(() => sotto.close());

describe("who speaks in a thread", () => {
  it("is not LangChain's summary: the question alone is searched for", async () => {
    const queries: string[] = [];
    const model = answers("one", "two", "three");
    const agent = createAgent({
      model,
      tools: [],
      checkpointer: new MemorySaver(),
      middleware: [
        memoryMiddleware(sotto, { timeoutMs: 10_000, onRecall: ({ trace }) => void queries.push(trace.query) }),
        summarizationMiddleware({
          model: answers("The caller's modem blinks red."),
          trigger: { messages: 5 },
          keep: { messages: 1 },
        } as never) as unknown as AgentMiddleware,
      ],
    });
    const questions = ["My modem blinks red.", "It still does.", "How long can I return a router?"];
    for (const question of questions) await agent.invoke({ messages: [new HumanMessage(question)] }, run);
    expect(queries).toEqual(questions);
    expect(shownTo(model.calls.at(-1)?.messages)).toContain("within 30 days");
  });

  it("is not an agent that calls another one as a tool, nor what is marked", async () => {
    const memory = memoryMiddleware(sotto, { timeoutMs: 10_000 });
    const sub = createAgent({ model: answers("sub result"), tools: [], middleware: [memory] });
    const ask = tool(
      async ({ q }: { q: string }, config) => {
        const { messages } = await sub.invoke({ messages: [new HumanMessage(q)] }, config as never);
        return messages.at(-1)?.text ?? "";
      },
      { name: "ask", description: "Asks.", schema: z.object({ q: z.string() }) },
    );
    const call = { id: "c", name: "ask", args: { q: "List every supplier of routers" } };
    const model = fakeModel()
      .respond(new AIMessage({ content: "", tool_calls: [call] }))
      .respond(new AIMessage("done"));
    const nudge = new HumanMessage({ content: "Be quick.", additional_kwargs: { sotto: { isUserMessage: false } } });
    const agent = createAgent({ model, tools: [ask], middleware: [memory] });
    await agent.invoke({ messages: [new HumanMessage("Who supplies routers?"), nudge] }, run);
    expect(await said(sotto, "t")).toEqual(["user: Who supplies routers?", "assistant: done"]);
  });
});

describe("what a thread no longer holds", () => {
  it("is forgotten when an answer is made again from a checkpoint", async () => {
    const model = fakeModel()
      .respond(new AIMessage({ id: "r1", content: "It arrives on Monday." }))
      .respond(new AIMessage({ id: "r2", content: "It arrives on Friday." }));
    const agent = createAgent({
      model,
      tools: [],
      checkpointer: new MemorySaver(),
      middleware: [memoryMiddleware(sotto, { timeoutMs: 10_000 })],
    });
    await agent.invoke({ messages: [new HumanMessage({ id: "h1", content: "When does my parcel arrive?" })] }, run);
    const states = [];
    for await (const state of agent.graph.getStateHistory(run)) states.push(state);
    const earlier = states.find(({ values, next }) => values.messages?.length === 1 && next.length > 0);
    await agent.graph.invoke(null, { ...run, configurable: earlier?.config.configurable } as never);
    expect(await said(sotto, "t")).toEqual(["user: When does my parcel arrive?", "assistant: It arrives on Friday."]);
  });

  it("stays where the thread's history is unknown: without a checkpointer every run has one message only", async () => {
    const agent = createAgent({ model: answers("one", "two"), tools: [], middleware: [memoryMiddleware(sotto)] });
    for (const text of ["First.", "Second."]) await agent.invoke({ messages: [new HumanMessage(text)] }, run);
    expect(await said(sotto, "t")).toEqual(["user: First.", "assistant: one", "user: Second.", "assistant: two"]);
  });
});

describe("a run that stops", () => {
  it("keeps what was said before an approval that never comes", async () => {
    const close = tool(async () => "closed", { name: "close_ticket", description: "Closes.", schema: z.object({}) });
    const call = { id: "c", name: "close_ticket", args: {} };
    const model = fakeModel().respond(new AIMessage({ content: "Your refund is approved.", tool_calls: [call] }));
    const agent = createAgent({
      model,
      tools: [close],
      checkpointer: new MemorySaver(),
      middleware: [
        memoryMiddleware(sotto),
        humanInTheLoopMiddleware({ interruptOn: { close_ticket: true } } as never) as AgentMiddleware,
      ],
    });
    await agent.invoke({ messages: [new HumanMessage("Is my refund approved?")] }, run);
    await sotto.flush();
    expect(await said(sotto, "t")).toEqual(["user: Is my refund approved?", "assistant: Your refund is approved."]);
  });

  it("is told what to do when nobody says whose memory it is", async () => {
    const agent = createAgent({ model: answers("one"), tools: [], middleware: [memoryMiddleware(sotto)] });
    const without = agent.invoke({ messages: [new HumanMessage("Hello.")] }, {} as never);
    await expect(without).rejects.toThrow(/context\.userId.*invoke\(input, \{ context/su);
  });
});

describe("placement", () => {
  it("is the question's own message by default, and the system message on demand", async () => {
    for (const placement of ["user", "system"] as const) {
      const model = answers("Within 30 days.");
      const middleware = [memoryMiddleware(sotto, { placement, timeoutMs: 10_000, record: false })];
      const agent = createAgent({ model, tools: [], systemPrompt: "Be brief.", middleware });
      await agent.invoke({ messages: [new HumanMessage("How long can I return a router?")] }, run);
      const [system, question, ...others] = model.calls[0]?.messages ?? [];
      expect(others).toEqual([]);
      expect([system, question].map((message) => message?.text.includes("within 30 days"))).toEqual([
        placement === "system",
        placement === "user",
      ]);
      expect(question?.text).toMatch(/How long can I return a router\?$/u);
    }
  });
});

describe("what is not said", () => {
  it("comes back from a chat history to any instance: calls, tools' answers, system and empty messages", async () => {
    const history = () => new SottoChatMessageHistory({ sotto, scope: { user: "ada", session: "s" } });
    const called = new AIMessage({ content: "", tool_calls: [{ id: "c1", name: "stock", args: {} }] });
    await history().addMessages([new SystemMessage("Be brief."), new HumanMessage("Is it in stock?"), called]);
    expect((await history().getMessages()).map(({ type }) => type)).toEqual(["system", "human", "ai"]);
    await history().addMessages([new ToolMessage({ tool_call_id: "c1", content: "3 left" })]);
    await history().addMessages([new AIMessage("Yes, three."), new HumanMessage("")]);
    const all = await history().getMessages();
    expect(all.map(({ type }) => type)).toEqual(["system", "human", "ai", "tool", "ai", "human"]);
    expect((all[2] as AIMessage).tool_calls).toMatchObject([{ id: "c1", name: "stock" }]);
    const { working } = await sotto.searchMemory("Is it waiting?", { user: "ada", session: "s" });
    expect(working.map(({ text }) => text)).not.toContain("·");
  });

  it("is left out of a vector store, and counted: a blank page does not cost the others", async () => {
    const store = new SottoVectorStore(new SottoEmbeddings(), { sotto, indexName: "pdf" });
    const pages = ["Page one says hello.", " ", "Page three."].map((pageContent) => new Document({ pageContent }));
    expect(await store.addDocuments(pages, { ids: ["a", "b", "c"] })).toEqual(["a", "c"]);
    expect(store.leftOut).toBe(1);
    await expect(store.delete(undefined as never)).rejects.toThrow("deleteAll");
  });

  it("is the remedy of vectors of another length, unless the error says it", async () => {
    const embeddings = { embedDocuments: async (texts: string[]) => texts.map(() => new Array(1536).fill(0.1)) };
    const store = new SottoVectorStore(embeddings as never, { sotto, indexName: "long" });
    const adding = store.addDocuments([new Document({ pageContent: "Hello." })]);
    await expect(adding).rejects.toThrow(/1536 values.*fromEmbeddings/su);
  });
});
