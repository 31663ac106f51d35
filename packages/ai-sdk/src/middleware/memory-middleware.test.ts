import type { Recall, Sotto } from "@sotto/core";
import { generateText, isStepCount, tool, wrapLanguageModel } from "ai";
import { MockLanguageModelV4 } from "ai/test";
import { z } from "zod";
import { answer, toolCall } from "../fixtures/model-answers.ts";
import { recorded, scope, shopMemory } from "../fixtures/shop-memory.ts";
import type { Prompt } from "../provider-types.ts";
import { type MemoryMiddlewareOptions, memoryMiddleware } from "./memory-middleware.ts";

let sotto: Sotto;
const quiet = { warn: () => {} };

beforeEach(async () => {
  sotto = await shopMemory();
});
afterEach(() => sotto.close());

function wrapped(model: MockLanguageModelV4, options: Partial<MemoryMiddlewareOptions> = {}, memory = sotto) {
  const middleware = memoryMiddleware(memory, {
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

describe("memoryMiddleware, recall", () => {
  it("puts what is known before the model, fenced, after the instructions", async () => {
    const mock = new MockLanguageModelV4({ doGenerate: answer("Within 30 days.") });
    const { model } = wrapped(mock);
    await generateText({ model, instructions: "You are brief.", prompt: "How long can I return my router?" });
    const prompt = mock.doGenerateCalls[0]?.prompt;
    const text = systemText(prompt);
    expect(text).toMatch(/^You are brief\.\n\n<sotto-memory>\n/);
    expect(text).toContain("within 30 days of delivery");
    expect(text).toContain("Nightjar 7");
    expect(text).toContain("information only");
    expect(prompt?.map(({ role }) => role)).toEqual(["system", "user"]);
  });

  it("recalls once a turn and shows every step the same bytes, though parameters are made for each", async () => {
    const recalls: Recall[] = [];
    const mock = new MockLanguageModelV4({
      doGenerate: [answer([toolCall("look", {})]), answer([toolCall("look", {}, "call-2")]), answer("Done.")],
    });
    const { model, middleware } = wrapped(mock, { onRecall: (recall) => recalls.push(recall) });
    await generateText({ model, tools: { look }, stopWhen: isStepCount(5), prompt: "How do I return my router?" });
    const blocks = mock.doGenerateCalls.map(({ prompt }) => systemText(prompt));
    expect(blocks).toHaveLength(3);
    expect(blocks[0]).toContain("30 days");
    expect(new Set(blocks).size).toBe(1);
    expect(recalls).toHaveLength(1);
    expect(middleware.stats.recalls).toBe(1);
  });

  it("replaces the block of an earlier call, also when the prompt brings it along", async () => {
    const mock = new MockLanguageModelV4({ doGenerate: answer("Yes.") });
    const { model } = wrapped(mock);
    await generateText({ model, prompt: "How do I return my router?" });
    const first = systemText(mock.doGenerateCalls[0]?.prompt);
    await generateText({
      model,
      allowSystemInMessages: true,
      messages: [
        { role: "system", content: `Be brief.\n\n${first}` },
        { role: "user", content: "When is the shop open?" },
      ],
    });
    const second = systemText(mock.doGenerateCalls[1]?.prompt);
    expect(second.match(/<sotto-memory>/g)).toHaveLength(1);
    expect(second).toMatch(/^Be brief\.\n\n<sotto-memory>/);
    expect(second).toContain("nine to five");
  });

  it("keeps cacheable instructions apart from what changes", async () => {
    const mock = new MockLanguageModelV4({ doGenerate: answer("Yes.") });
    const { model } = wrapped(mock);
    const cacheable = { p: { cacheControl: { type: "ephemeral" } } };
    await generateText({
      model,
      instructions: { role: "system", content: "You are brief.", providerOptions: cacheable },
      prompt: "How do I return my router?",
    });
    const [instructions, block] = mock.doGenerateCalls[0]?.prompt ?? [];
    expect(instructions).toMatchObject({ role: "system", content: "You are brief." });
    expect(block).toMatchObject({ role: "system", content: expect.stringMatching(/^<sotto-memory>/) });
  });

  it("can stand before the question instead, and leaves the rest of the prompt as it is", async () => {
    const mock = new MockLanguageModelV4({ doGenerate: answer("Yes.") });
    const { model } = wrapped(mock, { placement: "user" });
    await generateText({ model, instructions: "You are brief.", prompt: "How do I return my router?" });
    expect(mock.doGenerateCalls[0]?.prompt).toEqual([
      { role: "system", content: "You are brief." },
      {
        role: "user",
        content: [
          { type: "text", text: expect.stringMatching(/^<sotto-memory>/) },
          { type: "text", text: "How do I return my router?" },
        ],
      },
    ]);
  });

  it("does not show turns again that the prompt holds", async () => {
    const mock = new MockLanguageModelV4({ doGenerate: [answer("Green, I see."), answer("Green.")] });
    const { model, middleware } = wrapped(mock);
    await generateText({ model, prompt: "My favourite colour is green." });
    await middleware.flush();
    await generateText({
      model,
      messages: [
        { role: "user", content: "My favourite colour is green." },
        { role: "assistant", content: "Green, I see." },
        { role: "user", content: "What is my favourite colour?" },
      ],
    });
    expect(systemText(mock.doGenerateCalls[1]?.prompt)).not.toContain("green");
    // The same question without its history finds them.
    await generateText({ model: wrapped(mock).model, prompt: "What was my favourite colour?" }).catch(() => {});
    expect(systemText(mock.doGenerateCalls[2]?.prompt)).toContain("green");
  });

  it("finds the scope in the provider options that the application sets", async () => {
    const mock = new MockLanguageModelV4({ doGenerate: answer("Hello.") });
    const { model, middleware } = wrapped(mock, {
      scope: ({ providerOptions }) => {
        const user = providerOptions.sotto?.user;
        return typeof user === "string" ? { user, session: `of-${user}` } : undefined;
      },
    });
    const prompt = "Which router did I buy?";
    await generateText({ model, prompt, providerOptions: { sotto: { user: "ana" } } });
    await generateText({ model, prompt, providerOptions: { sotto: { user: "ben" } } });
    await generateText({ model, prompt });
    const texts = mock.doGenerateCalls.map((call) => systemText(call.prompt));
    expect(texts.map((text) => text.includes("Nightjar 7"))).toEqual([true, false, false]);
    expect(texts[2]).toBe("");
    await middleware.flush();
    expect(await recorded(sotto, "of-ben")).toEqual(["user: Which router did I buy?", "assistant: Hello."]);
  });
});

describe("memoryMiddleware, failing open", () => {
  const prompt = "How do I return my router?";

  it("asks the model without memory when recall never answers", async () => {
    const mock = new MockLanguageModelV4({ doGenerate: answer("I do not know.") });
    const silent: Sotto = { ...sotto, searchMemory: () => new Promise(() => {}) };
    const { model, middleware } = wrapped(mock, { timeoutMs: 1, logger: quiet }, silent);
    const { text } = await generateText({ model, prompt });
    expect(text).toBe("I do not know.");
    expect(systemText(mock.doGenerateCalls[0]?.prompt)).toBe("");
    expect(middleware.stats).toMatchObject({ recalls: 1, lateRecalls: 1, failedRecalls: 0 });
  });

  it("asks the model without memory when recall fails, and says so once to the log", async () => {
    const warnings: unknown[] = [];
    const mock = new MockLanguageModelV4({ doGenerate: answer("I do not know.") });
    const broken: Sotto = { ...sotto, searchMemory: () => Promise.reject(new Error("disk on fire")) };
    const logger = { warn: (message: string, fields?: Record<string, unknown>) => warnings.push([message, fields]) };
    const { model, middleware } = wrapped(mock, { logger }, broken);
    expect((await generateText({ model, prompt })).text).toBe("I do not know.");
    expect(middleware.stats.failedRecalls).toBe(1);
    expect(warnings).toEqual([[expect.any(String), { error: "Error" }]]);
  });

  it("survives a scope function that throws", async () => {
    const { model, middleware } = wrapped(new MockLanguageModelV4({ doGenerate: answer("Hello.") }), {
      logger: quiet,
      scope: () => {
        throw new Error("no such tenant");
      },
    });
    expect((await generateText({ model, prompt })).text).toBe("Hello.");
    expect(middleware.stats.failedRecalls).toBe(1);
  });

  it("does not wait for a write before the answer is given", async () => {
    const slow: Sotto = { ...sotto, recordTurn: () => new Promise(() => {}) };
    const { model } = wrapped(new MockLanguageModelV4({ doGenerate: answer("Hello.") }), {}, slow);
    expect((await generateText({ model, prompt })).text).toBe("Hello.");
  });

  it("counts a turn that could not be written", async () => {
    const full: Sotto = { ...sotto, recordTurn: async () => null };
    const { model, middleware } = wrapped(new MockLanguageModelV4({ doGenerate: answer("Hello.") }), {}, full);
    await generateText({ model, prompt });
    await middleware.flush();
    expect(middleware.stats.failedWrites).toBe(2);
  });

  it("hands an abort to recall and then to the model", async () => {
    const caller = new AbortController();
    const reason = new Error("the caller left");
    let seen: AbortSignal | undefined;
    const silent: Sotto = {
      ...sotto,
      searchMemory: (_query, { signal }) => {
        seen = signal;
        caller.abort(reason);
        return new Promise(() => {});
      },
    };
    const mock = new MockLanguageModelV4({
      doGenerate: async ({ abortSignal }) => {
        abortSignal?.throwIfAborted();
        return answer("too late");
      },
    });
    const { model, middleware } = wrapped(mock, {}, silent);
    await expect(generateText({ model, prompt, abortSignal: caller.signal, maxRetries: 0 })).rejects.toBe(reason);
    expect(seen?.aborted).toBe(true);
    expect(middleware.stats).toMatchObject({ lateRecalls: 0, failedRecalls: 0 });
  });
});

describe("memoryMiddleware, citations", () => {
  it("gives what was recalled as document sources, once a turn", async () => {
    const mock = new MockLanguageModelV4({ doGenerate: [answer([toolCall("look", {})]), answer("Within 30 days.")] });
    const { model } = wrapped(mock);
    const { sources, steps } = await generateText({
      model,
      tools: { look },
      stopWhen: isStepCount(5),
      prompt: "How long can I return my router?",
    });
    expect(sources).toContainEqual({
      type: "source",
      sourceType: "document",
      id: "sotto:org:help:returns",
      mediaType: "text/plain",
      title: "Returns",
      providerMetadata: { sotto: { lane: "org", id: "returns", index: "help", score: expect.any(Number) } },
    });
    expect(new Set(sources.map(({ id }) => id)).size).toBe(sources.length);
    expect(steps[1]?.sources).toEqual([]);
  });

  it("cites the lanes that are asked for, with their text, or none", async () => {
    const mock = new MockLanguageModelV4({ doGenerate: answer("Within 30 days.") });
    const prompt = "How long can I return my router?";
    const some = await generateText({
      model: wrapped(mock, { citations: { lanes: ["permanent"], includeText: true } }).model,
      prompt,
    });
    expect(some.sources.map(({ providerMetadata }) => providerMetadata?.sotto)).toEqual([
      expect.objectContaining({ lane: "permanent", text: expect.stringContaining("Nightjar 7") }),
    ]);
    const none = await generateText({ model: wrapped(mock, { citations: false }).model, prompt });
    expect(none.sources).toEqual([]);
  });
});
