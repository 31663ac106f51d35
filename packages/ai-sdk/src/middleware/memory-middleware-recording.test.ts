import type { Sotto } from "@sotto/core";
import { generateText, isStepCount, streamText, tool, wrapLanguageModel } from "ai";
import { MockLanguageModelV4 } from "ai/test";
import { z } from "zod";
import { answer, toolCall } from "../fixtures/model-answers.ts";
import { eventually, recorded, scope, shopMemory, turnsOf } from "../fixtures/shop-memory.ts";
import type { Prompt } from "../provider-types.ts";
import { type MemoryMiddlewareOptions, memoryMiddleware } from "./memory-middleware.ts";

let sotto: Sotto;

beforeEach(async () => {
  sotto = await shopMemory();
});
afterEach(() => sotto.close());

function wrapped(model: MockLanguageModelV4, options: Partial<MemoryMiddlewareOptions> = {}) {
  const middleware = memoryMiddleware(sotto, {
    scope,
    timeoutMs: 10_000,
    placement: "system",
    logger: { warn: () => {} },
    ...options,
  });
  return { middleware, model: wrapLanguageModel({ model, middleware }) };
}

const systemText = (prompt: Prompt | undefined) =>
  prompt
    ?.filter(({ role }) => role === "system")
    .map(({ content }) => content)
    .join("\n") ?? "";

const look = tool({ inputSchema: z.object({}), execute: async () => "looked" });

describe("memoryMiddleware, recording", () => {
  it("records a turn of several steps once, with what every step said", async () => {
    const mock = new MockLanguageModelV4({
      doGenerate: [
        answer([{ type: "text", text: "Let me look." }, toolCall("look", { at: "shelf" })]),
        answer("It is on the shelf."),
      ],
    });
    const { model, middleware } = wrapped(mock);
    await generateText({
      model,
      tools: { look: tool({ inputSchema: z.object({ at: z.string() }), execute: async () => "there" }) },
      stopWhen: isStepCount(5),
      prompt: "Where is my router?",
    });
    await middleware.flush();
    expect(await recorded(sotto)).toEqual([
      "user: Where is my router?",
      "assistant: Let me look.\nIt is on the shelf.",
    ]);
    expect((await turnsOf(sotto))[1]?.toolCalls).toEqual([{ name: "look", arguments: { at: "shelf" } }]);
  });

  it("records the same prompt that is asked later as another turn", async () => {
    const prompt = "Where is my router?";
    const ask = async (text: string) => {
      const { model, middleware } = wrapped(new MockLanguageModelV4({ doGenerate: answer(text) }));
      await generateText({ model, prompt });
      await middleware.flush();
    };
    await ask("On the shelf.");
    await ask("In the box.");
    expect(await recorded(sotto)).toEqual([
      "user: Where is my router?",
      "assistant: On the shelf.",
      "user: Where is my router?",
      "assistant: In the box.",
    ]);
  });

  it("records the same words said twice in a conversation as two turns", async () => {
    const mock = new MockLanguageModelV4({ doGenerate: [answer("First."), answer("Second.")] });
    const { model, middleware } = wrapped(mock);
    await generateText({ model, prompt: "Go on with it." });
    await generateText({
      model,
      messages: [
        { role: "user", content: "Go on with it." },
        { role: "assistant", content: "First." },
        { role: "user", content: "Go on with it." },
      ],
    });
    await middleware.flush();
    expect(await recorded(sotto)).toEqual([
      "user: Go on with it.",
      "assistant: First.",
      "user: Go on with it.",
      "assistant: Second.",
    ]);
  });

  it("records a retried call once", async () => {
    let calls = 0;
    const mock = new MockLanguageModelV4({
      doGenerate: async () => {
        if (calls++ === 0) throw Object.assign(new Error("busy"), { isRetryable: true });
        return answer("Here.");
      },
    });
    const { model, middleware } = wrapped(mock);
    await expect(generateText({ model, prompt: "Where?", maxRetries: 0 })).rejects.toThrow("busy");
    await generateText({ model, prompt: "Where?", maxRetries: 0 });
    await middleware.flush();
    expect(middleware.stats.recalls).toBe(1);
    expect(await recorded(sotto)).toEqual(["user: Where?", "assistant: Here."]);
  });

  it("keeps what was asked, and no answer, when a generation fails after a step: nobody saw the step", async () => {
    let calls = 0;
    const mock = new MockLanguageModelV4({
      doGenerate: async () => {
        if (calls++ > 0) throw new Error("out of credit");
        return answer([{ type: "text", text: "Let me look." }, toolCall("look", {})]);
      },
    });
    const { model, middleware } = wrapped(mock);
    const given = generateText({ model, tools: { look }, stopWhen: isStepCount(5), prompt: "Where?", maxRetries: 0 });
    await expect(given).rejects.toThrow("out of credit");
    await middleware.flush();
    expect(await recorded(sotto)).toEqual(["user: Where?"]);
  });

  it("records a turn that stops at a tool when it is flushed, when the next one begins, and by itself", async () => {
    const ask = (text: string) => answer([{ type: "text", text }, toolCall("look", {})]);
    const mock = new MockLanguageModelV4({ doGenerate: [ask("One."), ask("Two."), ask("Three.")] });
    const { model, middleware } = wrapped(mock, { settleAfterMs: 1 });
    const run = (prompt: string) => generateText({ model, tools: { look }, stopWhen: isStepCount(1), prompt });
    await run("First?");
    await eventually(async () => (await recorded(sotto)).includes("assistant: One."));
    await run("Second?");
    await run("Third?");
    await eventually(async () => (await recorded(sotto)).includes("assistant: Two."));
    await middleware.flush();
    expect(await recorded(sotto)).toContain("assistant: Three.");
    expect(await recorded(sotto)).toHaveLength(6);
  });

  it("records nothing without a session, and nothing when told not to", async () => {
    const mock = new MockLanguageModelV4({ doGenerate: answer("Hello.") });
    for (const options of [{ scope: { user: "ana" } }, { record: false }]) {
      const { model, middleware } = wrapped(mock, options);
      await generateText({ model, prompt: "Which router did I buy?" });
      await middleware.flush();
      expect(systemText(mock.doGenerateCalls.at(-1)?.prompt)).toContain("Nightjar 7");
    }
    expect(await recorded(sotto)).toEqual([]);
  });

  it("leaves a prompt without a user's words alone", async () => {
    const mock = new MockLanguageModelV4({ doGenerate: answer("Hello.") });
    const { model, middleware } = wrapped(mock);
    await generateText({
      model,
      messages: [
        { role: "user", content: [{ type: "file", mediaType: "image/png", data: new Uint8Array([137, 80, 78, 71]) }] },
      ],
    });
    await middleware.flush();
    expect(middleware.stats.recalls).toBe(0);
    expect(await recorded(sotto)).toEqual(["assistant: Hello."]);
  });

  it("remembers in a second conversation what was said in the first", async () => {
    const first = wrapped(new MockLanguageModelV4({ doGenerate: answer("Noted.") }));
    await generateText({ model: first.model, prompt: "My dog Rex eats only salmon." });
    await first.middleware.flush();
    await sotto.endSession(scope);
    const mock = new MockLanguageModelV4({ doGenerate: answer("Salmon.") });
    const second = wrapped(mock, { scope: { ...scope, session: "chat-2" } });
    await generateText({ model: second.model, prompt: "What does my dog Rex eat?" });
    expect(systemText(mock.doGenerateCalls[0]?.prompt)).toContain("only salmon");
  });
});

it("goes on with a turn whose call failed, as a stream or as a text", async () => {
  const mock = new MockLanguageModelV4({ doGenerate: answer("Hello.") });
  const { model, middleware } = wrapped(mock);
  const failing = streamText({ model, prompt: "Hello there, router!", maxRetries: 0, onError: () => {} });
  await failing.consumeStream();
  await generateText({ model, prompt: "Hello there, router!" });
  await middleware.flush();
  expect(middleware.stats.recalls).toBe(1);
  expect(await recorded(sotto)).toEqual(["user: Hello there, router!", "assistant: Hello."]);
});

describe("memoryMiddleware, what a turn is", () => {
  const nudge = { role: "user" as const, content: "Budget: 2 steps left. Answer now." };
  const looking = () =>
    new MockLanguageModelV4({ doGenerate: [answer([toolCall("look", {})]), answer("Within 30 days.")] });

  it("takes what prepareStep adds for the model for no words of the user's: neither recorded nor searched for", async () => {
    const mock = looking();
    const { model, middleware } = wrapped(mock, { placement: "user" });
    await generateText({
      model,
      tools: { look },
      stopWhen: isStepCount(4),
      prompt: "How long can I return a router?",
      prepareStep: ({ stepNumber, messages }) => (stepNumber === 0 ? {} : { messages: [...messages, nudge] }),
    });
    await middleware.flush();
    expect(middleware.stats.recalls).toBe(1);
    expect(await recorded(sotto)).toEqual(["user: How long can I return a router?", "assistant: Within 30 days."]);
    const [question, , , added] = mock.doGenerateCalls[1]?.prompt ?? [];
    expect(JSON.stringify(question)).toContain("30 days of delivery");
    expect(added).toEqual({
      role: "user",
      content: [{ type: "text", text: nudge.content }],
      providerOptions: undefined,
    });
  });

  it("leaves out what is marked as not said by the user, or what the application says is not", async () => {
    const marked = { ...nudge, providerOptions: { sotto: { isUserMessage: false } } };
    const bySign = {
      isUserMessage: ({ content }: { content: unknown }) => !JSON.stringify(content).includes("Budget"),
    };
    for (const [options, extra] of [[{}, marked] as const, [bySign, nudge] as const]) {
      const { model, middleware } = wrapped(new MockLanguageModelV4({ doGenerate: answer("Ok.") }), options);
      await generateText({ model, messages: [{ role: "user", content: "Where is my router?" }, extra] });
      await middleware.flush();
    }
    expect((await recorded(sotto)).join("\n")).not.toContain("Budget");
  });

  it("takes a new question for one, though the turn before it was stopped after its tool", async () => {
    const stop = new AbortController();
    const mock = new MockLanguageModelV4({
      doGenerate: async ({ prompt, abortSignal }) => {
        if (prompt.length === 1) return answer([toolCall("look", {})]);
        stop.abort(new Error("stopped"));
        abortSignal?.throwIfAborted();
        return answer("At nine.");
      },
    });
    const { model, middleware } = wrapped(mock);
    const tools = { look };
    const asked = { role: "user" as const, content: "How long can I return a router?" };
    const call = { type: "tool-call" as const, toolCallId: "call-1", toolName: "look", input: {} };
    const output = { type: "text" as const, value: "looked" };
    const stopped = generateText({
      model,
      tools,
      stopWhen: isStepCount(4),
      messages: [asked],
      abortSignal: stop.signal,
    });
    await expect(stopped).rejects.toThrow("stopped");
    await generateText({
      model,
      messages: [
        asked,
        { role: "assistant", content: [call] },
        { role: "tool", content: [{ type: "tool-result", toolCallId: "call-1", toolName: "look", output }] },
        { role: "user", content: "Never mind. When do you open?" },
      ],
    });
    await middleware.flush();
    expect(await recorded(sotto)).toEqual([
      "user: How long can I return a router?",
      "user: Never mind. When do you open?",
      "assistant: At nine.",
    ]);
  });

  it("cites an answer that is generated again like the first", async () => {
    const { model } = wrapped(new MockLanguageModelV4({ doGenerate: answer("30 days.") }));
    const messages = [{ role: "user" as const, content: "How long can I return a router?" }];
    const first = await generateText({ model, messages });
    const second = await generateText({ model, messages });
    expect(first.sources.length).toBeGreaterThan(0);
    expect(second.sources).toEqual(first.sources);
  });
});
