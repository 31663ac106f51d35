import { initializeLogger, voice } from "@livekit/agents";
import type { Sotto } from "@sotto/core";
import { textSession, turnsOf } from "../../test/support/calls.ts";
import { SeeingLLM } from "../../test/support/fake-models.ts";
import { sottoWithKnowledge } from "../../test/support/sottos.ts";
import { createMemoryTools, MemoryAgent, type MemoryToolsOptions } from "../index.ts";

initializeLogger({ pretty: false, level: "silent" });

let sotto: Sotto;

beforeEach(async () => {
  sotto = await sottoWithKnowledge();
});

afterEach(async () => {
  await sotto.close();
});

const memory = () => ({ sotto, user: "ada", session: "call-1" });

/** Lets a model call one tool; answers what it got back. */
async function call(
  name: string,
  args: Record<string, unknown>,
  options: MemoryToolsOptions = {},
): Promise<Record<string, unknown>> {
  const session = textSession({ llm: new SeeingLLM([{ input: "go", toolCalls: [{ name, args }] }]) });
  await session.start({
    agent: new voice.Agent({ instructions: "Help.", tools: createMemoryTools(memory(), options) }),
  });
  await session.run({ userInput: "go" }).wait();
  await session.close();
  const output = session.history.items.find(({ type }) => type === "function_call_output");
  if (output?.type !== "function_call_output") throw new Error("the tool was not called");
  return JSON.parse(output.output) as Record<string, unknown>;
}

describe("the tools", () => {
  const names = (options?: MemoryToolsOptions) => createMemoryTools(sotto, options).map(({ name }) => name);

  it("are searches and remember; forget only if enabled", () => {
    expect(names()).toEqual(["search_knowledge_base", "search_conversation", "remember"]);
    expect(names({ forget: true, remember: false })).toEqual([
      "search_knowledge_base",
      "search_conversation",
      "forget",
    ]);
  });

  it("find the knowledge base", async () => {
    expect(await call("search_knowledge_base", { query: "reset the modem" }, { topK: 1 })).toEqual({
      results: [{ text: "To reset the modem, hold the red button for ten seconds.", source: "help: Modem" }],
    });
  });

  it("say so when nothing is found", async () => {
    expect(await call("search_conversation", { query: "zeppelin" })).toEqual({
      results: [],
      note: "Nothing was found.",
    });
  });

  it("find what was said in this call and in earlier ones, with who and when", async () => {
    await sotto.recordTurn({
      user: "ada",
      session: "call-0",
      role: "user",
      text: "My heron statue was stolen.",
      at: Date.UTC(2026, 0, 2),
    });
    await sotto.endSession({ user: "ada", session: "call-0" });
    await sotto.recordTurn({
      user: "ada",
      session: "call-1",
      role: "user",
      text: "The heron statue was bronze.",
      at: Date.UTC(2026, 0, 3),
    });
    await sotto.recordTurn({
      user: "ada",
      session: "call-1",
      role: "assistant",
      text: "Noted.",
      at: Date.UTC(2026, 0, 3, 1),
    });
    const { results } = await call("search_conversation", { query: "heron statue" });
    expect(results).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          text: "The heron statue was bronze.",
          speaker: "ada",
          when: "2026-01-03T00:00:00.000Z",
        }),
        expect.objectContaining({ text: expect.stringContaining("stolen"), when: "2026-01-02T00:00:00.000Z" }),
      ]),
    );
  });

  it("remember a fact with where it came from", async () => {
    expect(await call("remember", { fact: "Ada's dog is called Rex." })).toEqual({
      remembered: "Ada's dog is called Rex.",
    });
    expect(await sotto.memories("ada")).toMatchObject([
      { kind: "fact", text: "Ada's dog is called Rex.", provenance: [{ sessionId: "call-1", speaker: "ada" }] },
    ]);
  });

  it("forget a memory by the id that the search shows, and of this caller only", async () => {
    const mine = await sotto.remember("ada", "Ada's dog is called Rex.");
    const other = await sotto.remember("grace", "Grace's dog is called Max.");
    const { results } = await call("search_conversation", { query: "dog" }, { forget: true });
    expect(results).toMatchObject([{ id: mine.id }]);
    await call("forget", { id: other.id }, { forget: true }).catch(() => undefined);
    expect(await sotto.memories("grace")).toHaveLength(1);
    expect(await call("forget", { id: mine.id }, { forget: true })).toEqual({ forgotten: 1 });
    expect(await sotto.memories("ada")).toEqual([]);
  });

  it("come with the agent when it is told so, beside its own", async () => {
    const model = new SeeingLLM([{ input: "hello", content: "Hello." }]);
    const session = textSession({ llm: model });
    await session.start({
      agent: new MemoryAgent({ instructions: "Help.", memory: { ...memory(), tools: { forget: true } } }),
    });
    await session.run({ userInput: "hello" }).wait();
    await session.close();
    expect(model.calls[0]?.tools.sort()).toEqual([
      "forget",
      "remember",
      "search_conversation",
      "search_knowledge_base",
    ]);
  });

  it("leave nothing of what they found in the recording", async () => {
    const model = new SeeingLLM([
      {
        input: "what does the manual say?",
        toolCalls: [{ name: "search_knowledge_base", args: { query: "reset the modem" } }],
      },
      {
        input:
          '{"results":[{"text":"To reset the modem, hold the red button for ten seconds.","source":"help: Modem"}]}',
        content: "Hold the button.",
      },
    ]);
    const session = textSession({ llm: model });
    await session.start({
      agent: new MemoryAgent({ instructions: "Help.", memory: { ...memory(), tools: { topK: 1 } } }),
    });
    await session.run({ userInput: "what does the manual say?" }).wait();
    await session.close();
    const turns = await turnsOf(sotto, "call-1");
    expect(turns.map(({ text }) => text)).toEqual(["what does the manual say?", "Hold the button."]);
    expect(JSON.stringify(turns)).not.toContain("ten seconds");
  });
});
