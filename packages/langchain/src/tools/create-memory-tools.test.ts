import { AIMessage, type ToolMessage } from "@langchain/core/messages";
import { fakeModel } from "@langchain/core/testing";
import type { Recall, Sotto } from "@sotto/core";
import { createAgent } from "langchain";
import { z } from "zod";
import { shop } from "../fixtures/shop.ts";
import { createMemoryTools } from "./create-memory-tools.ts";

const scope = { user: "ada", session: "chat-1" };

describe("createMemoryTools", () => {
  let sotto: Sotto;

  beforeEach(async () => {
    sotto = await shop();
  });

  afterEach(() => sotto.close());

  function toolNamed(name: string, write?: readonly ("remember" | "forget")[]) {
    const found = createMemoryTools(sotto, {
      scope,
      timeoutMs: 10_000,
      ...(write === undefined ? {} : { write }),
    }).find((tool) => tool.name === name);
    if (found === undefined) throw new Error(`there is no ${name}`);
    return found;
  }

  const call = (
    name: string,
    args: Record<string, unknown>,
  ): { type: "tool_call"; id: string; name: string; args: typeof args } => ({
    type: "tool_call",
    id: "call-1",
    name,
    args,
  });

  it("has only tools that read, unless writing is asked for", () => {
    expect(createMemoryTools(sotto, { scope }).map(({ name }) => name)).toEqual([
      "search_memory",
      "search_knowledge_base",
      "search_conversation",
      "list_indexes",
      "load_index",
    ]);
    expect(createMemoryTools(sotto, { scope, write: ["remember", "forget"] }).map(({ name }) => name)).toEqual([
      "search_memory",
      "search_knowledge_base",
      "search_conversation",
      "list_indexes",
      "load_index",
      "remember",
      "forget",
    ]);
    expect(() => createMemoryTools(sotto, { scope, write: ["erase" as never] })).toThrow('"erase" is not');
  });

  it("answers a tool call with text for the model and the recall as artifact", async () => {
    const message: ToolMessage = await toolNamed("search_memory").invoke(
      call("search_memory", { query: "how long can I return a router?" }),
    );
    expect(message.text).toContain("A router can be returned within 30 days.");
    expect((message.artifact as Recall).org[0]).toMatchObject({ id: "returns", index: "help" });
  });

  it("answers plain arguments with the text", async () => {
    expect(await toolNamed("search_knowledge_base").invoke({ query: "refund" })).toContain("five days");
    expect(await toolNamed("search_memory").invoke({ query: "xqzzv" })).toBe("Nothing was found.");
  });

  it("searches and writes for the application's user only, whatever the model adds", async () => {
    await sotto.remember("ben", "Ben has a red kettle.");
    await toolNamed("remember", ["remember"]).invoke({ fact: "Ada has a blue kettle." });
    const found = await toolNamed("search_memory").invoke({ query: "which kettle is there?" });
    expect(found).toContain("blue kettle");
    expect(found).not.toContain("red kettle");
    await expect(toolNamed("search_memory").invoke({ query: "kettle", user: "ben" })).rejects.toThrow("schema");
    await expect(toolNamed("search_memory").invoke({ query: "" })).rejects.toThrow("at least one word");
  });

  it("does not let the knowledge base tool see memory", async () => {
    await sotto.remember("ada", "Ada has a blue kettle.");
    expect(await toolNamed("search_knowledge_base").invoke({ query: "blue kettle" })).not.toContain("Ada");
  });

  it("remembers one fact once, and forgets it by id", async () => {
    const remember = toolNamed("remember", ["remember"]);
    const message: ToolMessage = await remember.invoke(call("remember", { fact: "Ada has a blue kettle." }));
    await remember.invoke({ fact: "Ada has a blue kettle." });
    expect(await sotto.memories("ada")).toHaveLength(1);
    const memoryId = (message.artifact as { id: string }).id;
    const forget = toolNamed("forget", ["forget"]);
    expect(await forget.invoke({ memoryId, text: "x" })).toBe("Forgotten.");
    expect(await forget.invoke({ memoryId, text: "x" })).toBe("There is no such memory.");
    expect(await sotto.memories("ada")).toEqual([]);
  });

  it("takes the scope from the run of an agent", async () => {
    await sotto.remember("ben", "Ben has a red kettle.");
    const model = fakeModel()
      .respond(
        new AIMessage({
          content: "",
          tool_calls: [{ id: "1", name: "search_memory", args: { query: "which kettle?" } }],
        }),
      )
      .respond(new AIMessage("A red one."));
    const agent = createAgent({
      model,
      contextSchema: z.object({ userId: z.string() }),
      tools: createMemoryTools(sotto, {
        scope: ({ context }) => ({ user: (context as { userId: string }).userId }),
        timeoutMs: 10_000,
      }),
    });
    const { messages } = await agent.invoke(
      { messages: [{ role: "user", content: "Which kettle do I have?" }] },
      { context: { userId: "ben" } },
    );
    expect(messages.find(({ type }) => type === "tool")?.text).toContain("Ben has a red kettle.");
  });

  it("gives up when the call is aborted", async () => {
    const reason = new Error("hung up");
    await expect(
      toolNamed("search_memory").invoke({ query: "router" }, { signal: AbortSignal.abort(reason) }),
    ).rejects.toBe(reason);
  });
});
