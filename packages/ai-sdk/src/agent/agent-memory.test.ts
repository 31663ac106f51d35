import type { Recall, Sotto } from "@sotto/core";
import { generateText, isStepCount, ToolLoopAgent, tool } from "ai";
import { MockLanguageModelV4 } from "ai/test";
import { z } from "zod";
import { answer, finish, hanging, streamed, textParts, toolCall } from "../fixtures/model-answers.ts";
import { eventually, recorded, scope, shopMemory, turnsOf } from "../fixtures/shop-memory.ts";
import { agentMemory } from "./agent-memory.ts";

let sotto: Sotto;
const prompt = "How long can I return my router?";
const look = tool({ inputSchema: z.object({}), execute: async () => "looked" });

beforeEach(async () => {
  sotto = await shopMemory();
});
afterEach(() => sotto.close());

const systems = (mock: MockLanguageModelV4) =>
  mock.doGenerateCalls.map(({ prompt: given }) =>
    given.filter(({ role }) => role === "system").map(({ content }) => content),
  );

describe("agentMemory", () => {
  it("gives every step of an agent the same instructions, built from its own", async () => {
    const recalls: Recall[] = [];
    const mock = new MockLanguageModelV4({
      doGenerate: [answer([toolCall("look", {})]), answer([toolCall("look", {}, "2")]), answer("Within 30 days.")],
    });
    const memory = agentMemory(sotto, {
      scope,
      timeoutMs: 10_000,
      placement: "system",
      onRecall: (recall) => recalls.push(recall),
    });
    const agent = new ToolLoopAgent({ model: mock, tools: { look }, instructions: "You are brief.", ...memory.hooks });
    await agent.generate({ prompt });
    const [first, ...others] = systems(mock);
    expect(first).toEqual([expect.stringMatching(/^You are brief\.\n\n<sotto-memory>\n.*30 days.*<\/sotto-memory>$/s)]);
    expect(others).toEqual([first, first]);
    expect(recalls).toHaveLength(1);
  });

  it("records a turn of several steps once, with its tools", async () => {
    const mock = new MockLanguageModelV4({
      doGenerate: [answer([{ type: "text", text: "Let me look." }, toolCall("look", {})]), answer("Within 30 days.")],
    });
    const memory = agentMemory(sotto, { scope, timeoutMs: 10_000, placement: "system" });
    await new ToolLoopAgent({ model: mock, tools: { look }, ...memory.hooks }).generate({ prompt });
    await memory.flush();
    expect(await recorded(sotto)).toEqual([`user: ${prompt}`, "assistant: Let me look.\nWithin 30 days."]);
    expect((await turnsOf(sotto))[1]?.toolCalls).toEqual([{ name: "look", arguments: {} }]);
  });

  it("finds the scope in the runtime context, and keeps concurrent users apart", async () => {
    const mock = new MockLanguageModelV4({
      doGenerate: async ({ prompt: given }) => answer(`Reply to ${JSON.stringify(given.at(-1)?.content)}`),
    });
    const memory = agentMemory(sotto, {
      timeoutMs: 10_000,
      placement: "system",
      scope: ({ runtimeContext }) => ({ user: String(runtimeContext.userId), session: `of-${runtimeContext.userId}` }),
    });
    const agent = new ToolLoopAgent({
      model: mock,
      callOptionsSchema: z.object({ userId: z.string() }),
      prepareCall: ({ options, ...rest }) => ({ ...rest, runtimeContext: { userId: options.userId } }),
      ...memory.hooks,
    });
    await Promise.all(
      ["ana", "ben"].map((userId) =>
        agent.generate({ prompt: `I am ${userId}, which router did I buy?`, options: { userId } }),
      ),
    );
    await memory.flush();
    for (const userId of ["ana", "ben"]) {
      const turns = await recorded(sotto, `of-${userId}`);
      expect(turns).toHaveLength(2);
      expect(turns.every((turn) => turn.includes(`I am ${userId}`))).toBe(true);
    }
    const shown = Object.fromEntries(
      mock.doGenerateCalls.map((call) => [
        JSON.stringify(call.prompt.at(-1)?.content).includes("ana") ? "ana" : "ben",
        JSON.stringify(call.prompt),
      ]),
    );
    expect(shown.ana).toContain("Nightjar 7");
    expect(shown.ben).not.toContain("Nightjar 7");
  });

  it("records the finished steps of a stream that is aborted", async () => {
    let calls = 0;
    const mock = new MockLanguageModelV4({
      doStream: async () =>
        calls++ === 0
          ? streamed(...textParts("Let me look."), toolCall("look", {}), finish("tool-calls"))
          : hanging(...textParts("You have").slice(0, -1)),
    });
    const memory = agentMemory(sotto, { scope, timeoutMs: 10_000, placement: "system" });
    const caller = new AbortController();
    const agent = new ToolLoopAgent({ model: mock, tools: { look }, stopWhen: isStepCount(5), ...memory.hooks });
    const result = await agent.stream({ prompt, abortSignal: caller.signal });
    for await (const part of result.stream) {
      if (part.type === "text-delta" && part.text === "have") caller.abort();
    }
    await memory.flush();
    expect(await recorded(sotto)).toEqual([`user: ${prompt}`, "assistant: Let me look. [interrupted]"]);
  });

  it("keeps cacheable instructions apart from what changes", async () => {
    const mock = new MockLanguageModelV4({ doGenerate: answer("Within 30 days.") });
    const memory = agentMemory(sotto, { scope, timeoutMs: 10_000, placement: "system" });
    await generateText({
      model: mock,
      instructions: { role: "system", content: "You are brief." },
      prompt,
      ...memory.hooks,
    });
    expect(systems(mock)).toEqual([["You are brief.", expect.stringMatching(/^<sotto-memory>/)]]);
  });

  it("goes on without memory that never answers, that fails, and whose scope cannot be found", async () => {
    const ways: [Partial<Sotto>, (() => never) | typeof scope][] = [
      [{ searchMemory: () => new Promise(() => {}) }, scope],
      [{ searchMemory: () => Promise.reject(new Error("disk on fire")) }, scope],
      [
        {},
        () => {
          throw new Error("no such tenant");
        },
      ],
    ];
    for (const [broken, brokenScope] of ways) {
      const mock = new MockLanguageModelV4({ doGenerate: answer("I do not know.") });
      const warnings: string[] = [];
      const memory = agentMemory(
        { ...sotto, ...broken },
        {
          scope: brokenScope,
          timeoutMs: 1,
          logger: { warn: (message) => warnings.push(message) },
        },
      );
      const agent = new ToolLoopAgent({ model: mock, instructions: "You are brief.", ...memory.hooks });
      expect((await agent.generate({ prompt })).text).toBe("I do not know.");
      expect(systems(mock)).toEqual([["You are brief."]]);
      expect(warnings.length).toBeGreaterThan(0);
    }
  });

  it("keeps what was asked when a generation fails", async () => {
    const mock = new MockLanguageModelV4({ doGenerate: () => Promise.reject(new Error("out of credit")) });
    const memory = agentMemory(sotto, { scope, timeoutMs: 10_000, placement: "system" });
    const agent = new ToolLoopAgent({ model: mock, maxRetries: 0, ...memory.hooks });
    await expect(agent.generate({ prompt })).rejects.toThrow("out of credit");
    await eventually(async () => (await recorded(sotto)).length === 1);
    expect(await recorded(sotto)).toEqual([`user: ${prompt}`]);
  });
});
