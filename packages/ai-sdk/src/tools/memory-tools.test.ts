import type { Sotto } from "@sotto/core";
import type { SearchOutput } from "@sotto/core/adapter";
import { generateText, isStepCount, type ToolSet } from "ai";
import { MockLanguageModelV4 } from "ai/test";
import { answer, toolCall } from "../fixtures/model-answers.ts";
import { scope, shopMemory } from "../fixtures/shop-memory.ts";
import { memoryTools } from "./memory-tools.ts";

let sotto: Sotto;

beforeEach(async () => {
  sotto = await shopMemory();
});
afterEach(() => sotto.close());

/** Lets a model call a tool and answer; gives the tool's result, and what the model was shown of it. */
async function call(tools: ToolSet, name: string, input: unknown, more: object = {}) {
  const mock = new MockLanguageModelV4({ doGenerate: [answer([toolCall(name, input)]), answer("Done.")] });
  const result = await generateText({ model: mock, tools, stopWhen: isStepCount(2), prompt: "Go on.", ...more });
  const part = result.steps[0]?.content.find(({ type }) => type === "tool-result" || type === "tool-error");
  const shown = mock.doGenerateCalls[1]?.prompt.findLast(({ role }) => role === "tool")?.content[0];
  return {
    output: part?.type === "tool-result" ? (part.output as unknown) : undefined,
    error: part?.type === "tool-error" ? part.error : undefined,
    shown: typeof shown === "object" && shown.type === "tool-result" ? shown.output : undefined,
    result,
    schemas: mock.doGenerateCalls[0]?.tools,
  };
}

describe("memoryTools", () => {
  it("has read tools only, unless writes are named", () => {
    const read = ["listIndexes", "loadIndex", "searchConversation", "searchKnowledgeBase", "searchMemory"];
    expect(Object.keys(memoryTools(sotto, { scope })).sort()).toEqual(read);
    const all = memoryTools(sotto, { scope, write: ["addDocuments", "remember", "forget"], writeIndex: "notes" });
    expect(Object.keys(all).sort()).toEqual([...read, "addDocuments", "forget", "remember"].sort());
  });

  it("refuses a write tool that there is not, and documents without an index", () => {
    // @ts-expect-error There is no such tool.
    expect(() => memoryTools(sotto, { scope, write: ["drop"] })).toThrow(
      '"drop" is not addDocuments, remember or forget',
    );
    expect(() => memoryTools(sotto, { scope, write: ["addDocuments"] })).toThrow("writeIndex is not valid");
  });

  it("never lets the model name a user, a session or an index", async () => {
    const tools = memoryTools(sotto, { scope, write: ["addDocuments", "remember", "forget"], writeIndex: "notes" });
    const { schemas } = await call(tools, "searchMemory", { query: "router" });
    const parameters = schemas?.flatMap((tool) =>
      tool.type === "function" ? Object.keys((tool.inputSchema.properties ?? {}) as object) : [],
    );
    expect(new Set(parameters)).toEqual(new Set(["query", "documents", "fact", "memoryId", "text"]));
  });
});

describe("search tools", () => {
  it("search all lanes, show the model fenced text, and give the application entries", async () => {
    await sotto.recordTurn({ ...scope, role: "user", text: "I want to return the router on Friday." });
    await sotto.recordTurn({ ...scope, role: "assistant", text: "Friday is fine." });
    const { output, shown } = await call(memoryTools(sotto, { scope }), "searchMemory", { query: "return the router" });
    const { contextText, entries, degraded } = output as SearchOutput;
    expect(degraded).toBe(false);
    expect(new Set(entries.map(({ lane }) => lane))).toEqual(new Set(["working", "permanent", "org"]));
    expect(entries).toContainEqual({
      id: "returns",
      lane: "org",
      index: "help",
      title: "Returns",
      text: "You can return a router within 30 days of delivery.",
      score: expect.any(Number),
    });
    expect(shown).toEqual({ type: "text", value: contextText });
    expect(contextText).toContain("information only");
  });

  it("search one thing only, where they are for one", async () => {
    await sotto.recordTurn({ ...scope, role: "user", text: "I want to return the router on Friday." });
    await sotto.recordTurn({ ...scope, role: "assistant", text: "Friday is fine." });
    const lanesOf = async (name: string) => {
      const { output } = await call(memoryTools(sotto, { scope }), name, { query: "return the router" });
      return [...new Set((output as SearchOutput).entries.map(({ lane }) => lane))];
    };
    expect(await lanesOf("searchKnowledgeBase")).toEqual(["org"]);
    expect((await lanesOf("searchConversation")).sort()).toEqual(["permanent", "working"]);
  });

  it("search the application's indexes only", async () => {
    await sotto.createIndex("secrets", [{ id: "safe", text: "The router in the safe can be returned." }]);
    const tools = memoryTools(sotto, { scope, orgIndexes: ["help"] });
    const { output } = await call(tools, "searchKnowledgeBase", { query: "return the router" });
    expect((output as SearchOutput).entries.map(({ index }) => index)).not.toContain("secrets");
    const { output: listed, shown } = await call(tools, "listIndexes", {});
    expect(listed).toEqual({ indexes: [{ name: "help", docCount: 2, chunkCount: 2, version: expect.any(Number) }] });
    expect(shown).toEqual({ type: "text", value: expect.stringContaining("- help: 2 documents") });
  });

  it("say that nothing was found", async () => {
    const tools = memoryTools(sotto, { scope: { user: "stranger" }, orgIndexes: [] });
    const { shown } = await call(tools, "searchKnowledgeBase", { query: "submarines" });
    expect(shown).toEqual({ type: "text", value: "Nothing was found." });
  });

  it("keep their own deadline: memory that never answers is no error", async () => {
    const silent: Sotto = { ...sotto, searchMemory: () => new Promise(() => {}) };
    const { output, shown } = await call(memoryTools(silent, { scope, timeoutMs: 1 }), "searchMemory", {
      query: "router",
    });
    expect(output).toEqual({ contextText: "", entries: [], degraded: true });
    expect(shown).toEqual({ type: "text", value: "Memory did not answer in time." });
  });

  it("hand the call's signal on, and end with it", async () => {
    const caller = new AbortController();
    const reason = new Error("the caller left");
    let seen: AbortSignal | undefined;
    const silent: Sotto = {
      ...sotto,
      searchMemory: (_query, { signal }) => {
        seen = signal;
        return new Promise(() => {});
      },
    };
    const { searchMemory } = memoryTools(silent, { scope });
    const options = { toolCallId: "1", messages: [], context: undefined };
    const given = searchMemory.execute?.({ query: "router" }, { ...options, abortSignal: caller.signal });
    caller.abort(reason);
    await expect(given).rejects.toBe(reason);
    expect(seen?.aborted).toBe(true);
    const late = searchMemory.execute?.({ query: "router" }, { ...options, abortSignal: AbortSignal.abort(reason) });
    await expect(late).rejects.toBe(reason);
  });

  it("end when the AI SDK's own time for a tool is over, though memory never answers", async () => {
    const hanging: Sotto = { ...sotto, searchMemory: () => new Promise(() => {}) };
    const tools = memoryTools(hanging, { scope, timeoutMs: 60_000 });
    const { error, result } = await call(tools, "searchMemory", { query: "anything" }, { timeout: { toolMs: 5 } });
    expect(error).toMatchObject({ name: "TimeoutError" });
    expect(result.text).toBe("Done.");
  });

  it("load the indexes that are allowed", async () => {
    const { output } = await call(memoryTools(sotto, { scope }), "loadIndex", {});
    expect(output).toMatchObject({ indexes: [{ name: "help", docCount: 2 }] });
  });
});

describe("write tools", () => {
  it("wait for approval, and do nothing before it", async () => {
    const tools = memoryTools(sotto, { scope, write: ["remember"] });
    const { output, result } = await call(tools, "remember", { fact: "Ana lives in Oslo." });
    expect(output).toBeUndefined();
    expect(result.content.map(({ type }) => type)).toContain("tool-approval-request");
    expect(await sotto.memories("ana")).toHaveLength(1);
  });

  it("keep a fact for the scope's user, once", async () => {
    const tools = memoryTools(sotto, { scope, write: ["remember"], needsApproval: false });
    const { output, shown } = await call(tools, "remember", { fact: "Ana lives in Oslo." });
    await call(tools, "remember", { fact: "Ana lives in Oslo." });
    expect(output).toEqual({ id: expect.any(String), text: "Ana lives in Oslo." });
    expect(shown).toEqual({ type: "text", value: "Remembered." });
    const memories = await sotto.memories("ana");
    expect(memories.filter(({ text }) => text.includes("Oslo"))).toHaveLength(1);
  });

  it("erase a memory that a search named, and only the user's own", async () => {
    const write = { scope, write: ["forget"], needsApproval: { forget: false } } as const;
    const tools = memoryTools(sotto, write);
    const { shown } = await call(tools, "searchMemory", { query: "Which router did Ana buy?" });
    const memoryId = /^- (\S+): Ana bought/m.exec(shown?.type === "text" ? shown.value : "")?.[1];
    if (memoryId === undefined) throw new Error("the search named no memory");
    const input = { memoryId, text: "Ana bought the router Nightjar 7." };
    const others = memoryTools(sotto, { ...write, scope: { user: "ben" } });
    expect((await call(others, "forget", input)).output).toEqual({ memoryId, forgotten: false });
    expect(await sotto.memories("ana")).toHaveLength(1);
    expect((await call(tools, "forget", input)).output).toEqual({ memoryId, forgotten: true });
    expect(await sotto.memories("ana")).toEqual([]);
    expect((await call(tools, "forget", input)).shown).toEqual({ type: "text", value: "There is no such memory." });
  });

  it("add documents to the application's index, which is made when needed", async () => {
    const tools = memoryTools(sotto, { scope, write: ["addDocuments"], writeIndex: "notes", needsApproval: false });
    const document = { id: "parking", text: "Guests park behind the building.", title: "Parking" };
    expect((await call(tools, "addDocuments", { documents: [document] })).output).toEqual({
      index: "notes",
      added: 1,
      updated: 0,
    });
    expect((await call(tools, "addDocuments", { documents: [document] })).output).toEqual({
      index: "notes",
      added: 0,
      updated: 1,
    });
    const { hits } = await sotto.query("notes", "where do guests park?");
    expect(hits[0]).toMatchObject({ id: "parking", title: "Parking" });
  });

  it("fail by their deadline, with an error that says so", async () => {
    const silent: Sotto = { ...sotto, remember: () => new Promise(() => {}) };
    const tools = memoryTools(silent, { scope, write: ["remember"], needsApproval: false, writeTimeoutMs: 1 });
    const { error } = await call(tools, "remember", { fact: "Ana lives in Oslo." });
    expect(error).toMatchObject({ code: "adapter.deadline_exceeded", message: "remember did not answer within 1 ms." });
  });
});

describe("tools without a fixed scope", () => {
  it("take it from the tools' context", async () => {
    const tools = memoryTools(sotto, { write: ["remember"], needsApproval: false });
    const of = (user: string) => ({ user, session: "chat-1" });
    const context = (user: string) => ({
      toolsContext: {
        searchMemory: of(user),
        searchKnowledgeBase: of(user),
        searchConversation: of(user),
        remember: of(user),
      },
    });
    await call(tools, "remember", { fact: "Ben lives in Bergen." }, context("ben"));
    const query = { query: "Who lives in Bergen?" };
    const { output: bens } = await call(tools, "searchMemory", query, context("ben"));
    const { output: anas } = await call(tools, "searchMemory", query, context("ana"));
    expect(JSON.stringify(bens)).toContain("Ben lives in Bergen.");
    expect(JSON.stringify(anas)).not.toContain("Ben lives in Bergen.");
  });

  it("do not work without it", async () => {
    const given = call(memoryTools(sotto), "searchMemory", { query: "router" });
    await expect(given).rejects.toThrow("tool context (searchMemory)");
  });
});
