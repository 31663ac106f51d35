import type { Sotto } from "@sotto/core";
import {
  isStepCount,
  readUIMessageStream,
  streamText,
  tool,
  toUIMessageStream,
  type UIMessage,
  wrapLanguageModel,
} from "ai";
import { MockLanguageModelV4 } from "ai/test";
import { z } from "zod";
import { breaking, finish, hanging, streamed, textParts, toolCall } from "../fixtures/model-answers.ts";
import { eventually, recorded, scope, shopMemory } from "../fixtures/shop-memory.ts";
import { type MemoryMiddlewareOptions, memoryMiddleware } from "./memory-middleware.ts";

let sotto: Sotto;
const prompt = "How long can I return my router?";
const look = tool({ inputSchema: z.object({}), execute: async () => "looked" });

beforeEach(async () => {
  sotto = await shopMemory();
});
afterEach(() => sotto.close());

function wrapped(model: MockLanguageModelV4, options: Partial<MemoryMiddlewareOptions> = {}) {
  const middleware = memoryMiddleware(sotto, { scope, timeoutMs: 10_000, logger: { warn: () => {} }, ...options });
  return { middleware, model: wrapLanguageModel({ model, middleware }) };
}

async function uiMessage(stream: Parameters<typeof toUIMessageStream>[0]["stream"]): Promise<UIMessage> {
  let last: UIMessage | undefined;
  for await (const message of readUIMessageStream({ stream: toUIMessageStream({ stream, sendSources: true }) })) {
    last = message;
  }
  if (last === undefined) throw new Error("the stream held no message");
  return last;
}

describe("memoryMiddleware, streaming", () => {
  it("streams the text as it is, and records it once", async () => {
    const mock = new MockLanguageModelV4({
      doStream: [
        streamed(...textParts("Let me look."), toolCall("look", {}), finish("tool-calls")),
        streamed(...textParts("Within 30 days."), finish()),
      ],
    });
    const { model, middleware } = wrapped(mock);
    const result = streamText({ model, tools: { look }, stopWhen: isStepCount(5), prompt });
    let text = "";
    for await (const delta of result.textStream) text += delta;
    expect(text).toBe("Let me look.Within 30 days.");
    await middleware.flush();
    expect(middleware.stats.recalls).toBe(1);
    expect(await recorded(sotto)).toEqual([`user: ${prompt}`, "assistant: Let me look.\nWithin 30 days."]);
  });

  it("gives the interface document sources, each once", async () => {
    const mock = new MockLanguageModelV4({
      doStream: [
        streamed(toolCall("look", {}), finish("tool-calls")),
        streamed(...textParts("Within 30 days."), finish()),
      ],
    });
    const { model } = wrapped(mock);
    const result = streamText({ model, tools: { look }, stopWhen: isStepCount(5), prompt });
    const { parts } = await uiMessage(result.stream);
    const sources = parts.filter((part) => part.type === "source-document");
    expect(sources).toContainEqual(
      expect.objectContaining({
        type: "source-document",
        sourceId: "sotto:org:help:returns",
        mediaType: "text/plain",
        title: "Returns",
        providerMetadata: { sotto: expect.objectContaining({ index: "help", id: "returns" }) },
      }),
    );
    expect(new Set(sources.map(({ sourceId }) => sourceId)).size).toBe(sources.length);
    expect(parts.filter(({ type }) => type === "text")).toHaveLength(1);
  });

  it("records what was sent of a stream that is aborted", async () => {
    const mock = new MockLanguageModelV4({ doStream: hanging(...textParts("You have thirty").slice(0, -1)) });
    const { model, middleware } = wrapped(mock);
    const caller = new AbortController();
    const result = streamText({ model, prompt, abortSignal: caller.signal });
    let text = "";
    for await (const delta of result.textStream) {
      text += delta;
      if (text === "You have thirty") caller.abort();
    }
    await middleware.flush();
    expect(await recorded(sotto)).toEqual([`user: ${prompt}`, "assistant: You have thirty [interrupted]"]);
  });

  it("records an aborted stream though its model never notices", async () => {
    const mock = new MockLanguageModelV4({ doStream: hanging(...textParts("You have").slice(0, -1)) });
    const { model, middleware } = wrapped(mock);
    const caller = new AbortController();
    const { stream } = await model.doStream({
      prompt: [{ role: "user", content: [{ type: "text", text: prompt }] }],
      abortSignal: caller.signal,
    });
    const reader = stream.getReader();
    for (let text = ""; text !== "You have"; ) {
      const { value } = await reader.read();
      if (value?.type === "text-delta") text += value.delta;
    }
    caller.abort();
    await middleware.flush();
    expect(await recorded(sotto)).toEqual([`user: ${prompt}`, "assistant: You have [interrupted]"]);
  });

  it("records what was taken of a stream that its reader cancels, and cancels the model's", async () => {
    let cancelled: unknown;
    let given = 0;
    const mock = new MockLanguageModelV4({
      doStream: async () => {
        const { stream } = hanging(...textParts("You have thirty days").slice(0, -1));
        const reader = stream.getReader();
        return {
          stream: new ReadableStream({
            pull: async (controller) => {
              const { value } = await reader.read();
              if (value === undefined) return;
              given++;
              controller.enqueue(value);
            },
            cancel: (reason) => {
              cancelled = reason;
            },
          }),
        };
      },
    });
    const { model, middleware } = wrapped(mock);
    const { stream } = await model.doStream({ prompt: [{ role: "user", content: [{ type: "text", text: prompt }] }] });
    const reader = stream.getReader();
    for (let text = ""; text !== "You have "; ) {
      const { value } = await reader.read();
      if (value?.type === "text-delta") text += value.delta;
    }
    // Whoever reads ahead would do it now: the parts are there, and so many turns of the event loop are free.
    for (let i = 0; i < 50; i++) await new Promise((resolve) => setImmediate(resolve));
    expect(given).toBeLessThan(textParts("You have thirty days").length - 1);
    await reader.cancel("the tab was closed");
    await middleware.flush();
    expect(cancelled).toBe("the tab was closed");
    expect(await recorded(sotto)).toEqual([`user: ${prompt}`, "assistant: You have [interrupted]"]);
  });

  it("records what was sent of a stream that breaks, and passes the error on", async () => {
    const mock = new MockLanguageModelV4({
      doStream: breaking(new Error("connection lost"), ...textParts("You have").slice(0, -1)),
    });
    const { model, middleware } = wrapped(mock);
    const errors: unknown[] = [];
    await streamText({ model, prompt }).consumeStream({ onError: (error) => void errors.push(error) });
    await middleware.flush();
    expect(errors).toEqual([new Error("connection lost")]);
    expect(await recorded(sotto)).toEqual([`user: ${prompt}`, "assistant: You have [interrupted]"]);
  });

  it("marks an answer that the model reports as failed", async () => {
    const mock = new MockLanguageModelV4({
      doStream: streamed(...textParts("You have"), { type: "error", error: new Error("overloaded") }, finish("error")),
    });
    const { model, middleware } = wrapped(mock);
    await streamText({ model, prompt, onError: () => {} }).consumeStream();
    await middleware.flush();
    expect(await recorded(sotto)).toEqual([`user: ${prompt}`, "assistant: You have [interrupted]"]);
  });

  it("records the steps that were streamed when a later one cannot begin", async () => {
    let calls = 0;
    const mock = new MockLanguageModelV4({
      doStream: async () => {
        if (calls++ > 0) throw new Error("out of credit");
        return streamed(...textParts("Let me look."), toolCall("look", {}), finish("tool-calls"));
      },
    });
    const { model, middleware } = wrapped(mock);
    const result = streamText({
      model,
      tools: { look },
      stopWhen: isStepCount(5),
      prompt,
      maxRetries: 0,
      onError: () => {},
    });
    await result.consumeStream();
    await middleware.flush();
    expect(await recorded(sotto)).toEqual([`user: ${prompt}`, "assistant: Let me look. [interrupted]"]);
  });

  it("records the question though nothing was answered", async () => {
    const mock = new MockLanguageModelV4({ doStream: hanging() });
    const { model } = wrapped(mock);
    const caller = new AbortController();
    const result = streamText({ model, prompt, abortSignal: caller.signal });
    const consumed = result.consumeStream();
    await eventually(() => mock.doStreamCalls.length === 1);
    caller.abort();
    await consumed;
    await eventually(async () => (await recorded(sotto)).length === 1);
    expect(await recorded(sotto)).toEqual([`user: ${prompt}`]);
  });

  it("goes on with a turn that was approved in a later request", async () => {
    const guarded = tool({ inputSchema: z.object({}), needsApproval: true, execute: async () => "looked" });
    const mock = new MockLanguageModelV4({
      doStream: [
        streamed(...textParts("May I look?"), toolCall("guarded", {}), finish("tool-calls")),
        streamed(...textParts("Within 30 days."), finish()),
      ],
    });
    const first = wrapped(mock);
    const asked = streamText({ model: first.model, tools: { guarded }, stopWhen: isStepCount(5), prompt });
    await asked.consumeStream();
    await first.middleware.flush();
    const request = (await asked.content).find((part) => part.type === "tool-approval-request");
    if (request === undefined) throw new Error("no approval was asked for");

    const second = wrapped(mock);
    const approved = streamText({
      model: second.model,
      tools: { guarded },
      stopWhen: isStepCount(5),
      messages: [
        { role: "user", content: prompt },
        ...(await asked.responseMessages),
        { role: "tool", content: [{ type: "tool-approval-response", approvalId: request.approvalId, approved: true }] },
      ],
    });
    await approved.consumeStream();
    await second.middleware.flush();
    expect(await recorded(sotto)).toEqual([`user: ${prompt}`, "assistant: May I look?", "assistant: Within 30 days."]);
    expect(await approved.sources).toEqual([]);
  });
});
