import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { Sotto } from "@sotto/core";
import { type OfflineLlm, startOfflineLlm } from "@sotto-internal/offline-llm";
import { generateText, isStepCount, streamText, ToolLoopAgent, wrapLanguageModel } from "ai";
import { recorded, scope, shopMemory } from "../src/fixtures/shop-memory.ts";
import { agentMemory, memoryMiddleware, memoryTools } from "../src/index.ts";

let server: OfflineLlm;
let sotto: Sotto;

beforeEach(async () => {
  server = await startOfflineLlm();
  sotto = await shopMemory();
});
afterEach(async () => {
  await sotto.close();
  await server.close();
});

const offline = () => createOpenAICompatible({ name: "offline", baseURL: server.baseURL })("offline-chat");
const question = "How many days after delivery can I return a router?";
const answer = expect.stringContaining("You can return a router within 30 days of delivery.");

describe("over HTTP, with the client that applications use", () => {
  it("answers from the knowledge base through the middleware, cites it, and records it", async () => {
    const memory = memoryMiddleware(sotto, { scope, timeoutMs: 10_000 });
    const model = wrapLanguageModel({ model: offline(), middleware: memory });
    const { text, sources } = await generateText({ model, instructions: "Answer briefly.", prompt: question });
    expect(text).toEqual(answer);
    expect(sources).toContainEqual(expect.objectContaining({ sourceType: "document", title: "Returns" }));
    await memory.flush();
    expect(await recorded(sotto)).toEqual([`user: ${question}`, answer]);
  });

  it("does so in a stream", async () => {
    const memory = memoryMiddleware(sotto, { scope, timeoutMs: 10_000, placement: "system" });
    const model = wrapLanguageModel({ model: offline(), middleware: memory });
    const result = streamText({ model, prompt: question });
    let text = "";
    for await (const delta of result.textStream) text += delta;
    expect(text).toEqual(answer);
    expect(await result.sources).toContainEqual(expect.objectContaining({ title: "Returns" }));
    await memory.flush();
    expect(await recorded(sotto)).toEqual([`user: ${question}`, answer]);
  });

  it("records what a listener took of a stream that is stopped, and hangs up", async () => {
    await server.close();
    server = await startOfflineLlm({ tokenDelayMs: 20 });
    const memory = memoryMiddleware(sotto, { scope, timeoutMs: 10_000 });
    const model = wrapLanguageModel({ model: offline(), middleware: memory });
    const caller = new AbortController();
    let text = "";
    for await (const delta of streamText({ model, prompt: question, abortSignal: caller.signal }).textStream) {
      text += delta;
      caller.abort();
    }
    await memory.flush();
    const [, said] = await recorded(sotto);
    expect(said).toMatch(/ \[interrupted\]$/);
    expect(said).not.toEqual(answer);
    expect(said?.startsWith(`assistant: ${text.trim()}`)).toBe(true);
  });

  it("answers through a tool that the model calls", async () => {
    const { text, steps } = await generateText({
      model: offline(),
      tools: memoryTools(sotto, { scope }),
      stopWhen: isStepCount(4),
      prompt: question,
    });
    expect(steps[0]?.toolCalls.map(({ toolName }) => toolName)).toContain("searchKnowledgeBase");
    expect(text).toEqual(answer);
  });

  it("remembers through an agent, and in the next conversation", async () => {
    const memory = agentMemory(sotto, { scope, timeoutMs: 10_000 });
    const agent = new ToolLoopAgent({ model: offline(), instructions: "Answer briefly.", ...memory.hooks });
    await agent.generate({ prompt: "My dog Rex eats only salmon." });
    await memory.flush();
    await sotto.endSession(scope);
    const next = agentMemory(sotto, { scope: { ...scope, session: "chat-2" }, timeoutMs: 10_000 });
    const later = new ToolLoopAgent({ model: offline(), instructions: "Answer briefly.", ...next.hooks });
    expect((await later.generate({ prompt: "What does my dog Rex eat?" })).text).toContain("only salmon");
  });
});
