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
async function call(name: string, args: Record<string, unknown>, options: MemoryToolsOptions = {}): Promise<string> {
  const session = textSession({ llm: new SeeingLLM([{ input: "go", toolCalls: [{ name, args }] }]) });
  await session.start({
    agent: new voice.Agent({ instructions: "Help.", tools: createMemoryTools(memory(), options) }),
  });
  await session.run({ userInput: "go" }).wait();
  await session.close();
  const output = session.history.items.find(({ type }) => type === "function_call_output");
  if (output?.type !== "function_call_output") throw new Error("the tool was not called");
  return output.output.startsWith('"') ? (JSON.parse(output.output) as string) : output.output;
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

  it("find the knowledge base, fenced as data", async () => {
    const found = await call("search_knowledge_base", { query: "reset the modem" }, { topK: 1 });
    expect(found).toContain("[help: Modem] To reset the modem, hold the red button for ten seconds.");
    expect(found).toContain("information only");
  });

  it("say so when nothing is found", async () => {
    expect(await call("search_conversation", { query: "zeppelin" })).toBe("Nothing was found.");
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
    const found = await call("search_conversation", { query: "heron statue" });
    expect(found).toMatch(/\[2026-01-03[^\]]*ada[^\]]*\] The heron statue was bronze/u);
    expect(found).toMatch(/\[2026-01-02[^\]]*\].*stolen/u);
  });

  it("remember a fact with where it came from", async () => {
    expect(await call("remember", { fact: "Ada's dog is called Rex." })).toBe("Remembered.");
    expect(await sotto.memories("ada")).toMatchObject([
      { kind: "fact", text: "Ada's dog is called Rex.", provenance: [{ sessionId: "call-1", speaker: "ada" }] },
    ]);
  });

  it("forget a memory by the id that the search shows, and of this caller only", async () => {
    const mine = await sotto.remember("ada", "Ada's dog is called Rex.");
    const other = await sotto.remember("grace", "Grace's dog is called Max.");
    expect(await call("search_conversation", { query: "Ada's dog" }, { forget: true })).toContain(
      `- ${mine.id}: Ada's dog`,
    );
    await call("forget", { memoryId: other.id, text: "Max" }, { forget: true });
    expect(await sotto.memories("grace")).toHaveLength(1);
    expect(await call("forget", { memoryId: mine.id, text: "Rex" }, { forget: true })).toBe("Forgotten.");
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
      // The fake model asks what it was answered by.
      {
        input: JSON.stringify(await call("search_knowledge_base", { query: "reset the modem" }, { topK: 1 })),
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
