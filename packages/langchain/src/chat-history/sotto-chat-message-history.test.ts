import { AIMessage, HumanMessage, SystemMessage, ToolMessage } from "@langchain/core/messages";
import { RunnableLambda, RunnableWithMessageHistory } from "@langchain/core/runnables";
import { createSotto, memoryStorage, type Sotto } from "@sotto/core";
import { said } from "../fixtures/shop.ts";
import { SottoChatMessageHistory } from "./sotto-chat-message-history.ts";

const scope = { user: "ada", session: "chat-1" };

describe("SottoChatMessageHistory", () => {
  let sotto: Sotto;
  let history: SottoChatMessageHistory;

  beforeEach(() => {
    sotto = createSotto({ storage: memoryStorage(), recall: { timeoutMs: 10_000 } });
    history = new SottoChatMessageHistory({ sotto, scope });
  });

  afterEach(() => sotto.close());

  it("is empty at first", async () => {
    expect(await history.getMessages()).toEqual([]);
  });

  it("gives messages back in order, to another holder of the session too", async () => {
    await history.addUserMessage("My kettle is blue.");
    await history.addAIMessage("Noted.");
    await history.addMessage(new HumanMessage({ content: "Thanks", name: "Ada" }));
    const again = await new SottoChatMessageHistory({ sotto, scope }).getMessages();
    expect(again.map(({ type, text, name }) => [type, text, name])).toEqual([
      ["human", "My kettle is blue.", undefined],
      ["ai", "Noted.", undefined],
      ["human", "Thanks", "Ada"],
    ]);
  });

  it("gives tool calls, results and system messages back, and does not take them for something said", async () => {
    const messages = [
      new SystemMessage("Be brief."),
      new HumanMessage("Is PSU-4471 there?"),
      new AIMessage({ content: "", tool_calls: [{ id: "1", name: "stock", args: { part: "PSU-4471" } }] }),
      new ToolMessage({ content: "3 left", tool_call_id: "1", name: "stock" }),
      new AIMessage("Three are left."),
    ];
    await history.addMessages(messages);
    const again = await new SottoChatMessageHistory({ sotto, scope }).getMessages();
    expect(again.map(({ type, text }) => [type, text])).toEqual(messages.map(({ type, text }) => [type, text]));
    expect((again[2] as AIMessage).tool_calls?.[0]).toMatchObject({
      id: "1",
      name: "stock",
      args: { part: "PSU-4471" },
    });
    expect((again[3] as ToolMessage).tool_call_id).toBe("1");
    expect(await said(sotto, "chat-1")).toEqual(["user: Is PSU-4471 there?", "assistant: Three are left."]);
  });

  it("keeps content blocks", async () => {
    const content = [
      { type: "text", text: "What is this?" },
      { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } },
    ];
    await history.addMessage(new HumanMessage({ content }));
    expect((await history.getMessages())[0]?.content).toEqual(content);
  });

  it("shows calls that wait for the answer they belong to", async () => {
    await history.addUserMessage("Is it there?");
    await history.addMessage(new AIMessage({ content: "", tool_calls: [{ id: "1", name: "stock", args: {} }] }));
    expect((await history.getMessages()).map(({ type }) => type)).toEqual(["human", "ai"]);
  });

  it("holds a message with an id once", async () => {
    await history.addMessage(new HumanMessage({ id: "m1", content: "Hello there" }));
    await history.addMessage(new HumanMessage({ id: "m1", content: "Hello there" }));
    expect(await history.getMessages()).toHaveLength(1);
  });

  it("is recalled in a later conversation", async () => {
    await history.addMessages([new HumanMessage("My kettle is blue."), new AIMessage("Noted.")]);
    await sotto.endSession(scope);
    const { permanent } = await sotto.searchMemory("which colour is my kettle?", { user: "ada", session: "chat-2" });
    expect(permanent[0]?.text).toContain("My kettle is blue.");
  });

  it("forgets everything, with what was remembered of it", async () => {
    await history.addMessages([new HumanMessage("My kettle is blue."), new AIMessage("Noted.")]);
    await sotto.endSession(scope);
    await history.clear();
    expect(await history.getMessages()).toEqual([]);
    expect(await sotto.memories("ada")).toEqual([]);
  });

  it("says when a message could not be stored", async () => {
    const broken = new SottoChatMessageHistory({ sotto: { ...sotto, recordTurn: async () => null }, scope });
    await expect(broken.addUserMessage("Hello there")).rejects.toMatchObject({ code: "history.not_saved" });
  });

  it("carries a chain's conversation", async () => {
    const seen: number[] = [];
    const chain = new RunnableWithMessageHistory<{ input: string }, AIMessage>({
      runnable: RunnableLambda.from(({ history: before = [], input }: { history?: unknown[]; input: string }) => {
        seen.push(before.length);
        return new AIMessage(`You said: ${input}`);
      }),
      getMessageHistory: (session: string) => new SottoChatMessageHistory({ sotto, scope: { user: "ada", session } }),
      inputMessagesKey: "input",
      historyMessagesKey: "history",
    });
    const config = { configurable: { sessionId: "chat-9" } };
    await chain.invoke({ input: "one" }, config);
    await chain.invoke({ input: "two" }, config);
    expect(seen).toEqual([0, 2]);
    expect(await said(sotto, "chat-9")).toEqual([
      "user: one",
      "assistant: You said: one",
      "user: two",
      "assistant: You said: two",
    ]);
  });
});
