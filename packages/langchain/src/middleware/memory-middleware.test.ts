import { AIMessage, type BaseMessage } from "@langchain/core/messages";
import { fakeModel } from "@langchain/core/testing";
import { tool } from "@langchain/core/tools";
import { Command, MemorySaver } from "@langchain/langgraph";
import { createSotto, memoryStorage, type Sotto } from "@sotto/core";
import { type AgentMiddleware, createAgent, humanInTheLoopMiddleware } from "langchain";
import { z } from "zod";
import { impatientClock, said, shop } from "../fixtures/shop.ts";
import { memoryMiddleware } from "./memory-middleware.ts";

const QUESTION = "How long can I return my router?";
const run = { context: { userId: "ada" }, configurable: { thread_id: "chat-1" } };

function shownTo(messages: readonly BaseMessage[]): string {
  return messages.map(({ text }) => text).join("\n\n");
}

const lookUp = tool(async ({ part }: { part: string }) => `${part} is in stock`, {
  name: "look_up",
  description: "Looks a part up.",
  schema: z.object({ part: z.string() }),
});

const callsLookUp = () =>
  new AIMessage({ content: "", tool_calls: [{ id: "call-1", name: "look_up", args: { part: "router" } }] });

describe("memoryMiddleware", () => {
  let sotto: Sotto;

  beforeEach(async () => {
    sotto = await shop();
  });

  afterEach(() => sotto.close());

  it("shows every call of the model what was recalled, after the system prompt, and searches once a turn", async () => {
    const model = fakeModel().respond(callsLookUp()).respond(new AIMessage("Within 30 days."));
    let searches = 0;
    const counting: Sotto = {
      ...sotto,
      searchMemory: (...args) => {
        searches++;
        return sotto.searchMemory(...args);
      },
    };
    const agent = createAgent({
      model,
      tools: [lookUp],
      systemPrompt: "Be brief.",
      middleware: [memoryMiddleware(counting, { timeoutMs: 10_000 })],
    });
    await agent.invoke({ messages: [{ role: "user", content: QUESTION }] }, run);
    expect(model.callCount).toBe(2);
    for (const { messages } of model.calls) {
      expect(shownTo(messages)).toMatch(/^Be brief\.\n\n/);
      expect(shownTo(messages)).toContain("A router can be returned within 30 days.");
    }
    expect(searches).toBe(1);
  });

  it("tells the application of each recall, once a turn, whatever becomes of its listener", async () => {
    const told: unknown[] = [];
    const warnings: string[] = [];
    const model = fakeModel().respond(callsLookUp()).respond(new AIMessage("Within 30 days."));
    const agent = createAgent({
      model,
      tools: [lookUp],
      middleware: [
        memoryMiddleware(sotto, {
          timeoutMs: 10_000,
          logger: { warn: (message) => warnings.push(message), error: () => {} },
          onRecall: ({ trace, org }, scope) => {
            told.push([trace.query, org[0]?.text, scope]);
            throw new Error("the listener is broken");
          },
        }),
      ],
    });
    await agent.invoke({ messages: [{ role: "user", content: QUESTION }] }, run);
    expect(told).toEqual([[QUESTION, expect.stringContaining("within 30 days"), { user: "ada", session: "chat-1" }]]);
    expect(warnings).toEqual(["onRecall failed"]);
    expect(shownTo(model.calls[0]?.messages ?? [])).toContain("A router can be returned within 30 days.");
  });

  it("persists nothing of what was recalled", async () => {
    const checkpointer = new MemorySaver();
    const agent = createAgent({
      model: fakeModel().respond(new AIMessage("Within 30 days.")),
      tools: [],
      checkpointer,
      middleware: [memoryMiddleware(sotto, { timeoutMs: 10_000 })],
    });
    const result = await agent.invoke({ messages: [{ role: "user", content: QUESTION }] }, run);
    expect(result.messages.map(({ type, text }) => `${type}: ${text}`)).toEqual([
      `human: ${QUESTION}`,
      "ai: Within 30 days.",
    ]);
    let checkpoints = 0;
    for await (const { checkpoint } of checkpointer.list({ configurable: { thread_id: "chat-1" } })) {
      checkpoints++;
      expect(JSON.stringify(checkpoint)).not.toContain("A router can be returned");
    }
    expect(checkpoints).toBeGreaterThan(0);
  });

  it("has both halves of the turn on disk when the run resolves, with what tools did", async () => {
    const model = fakeModel()
      .respond(
        new AIMessage({
          content: "Let me look.",
          tool_calls: [{ id: "call-1", name: "look_up", args: { part: "PSU-4471" } }],
        }),
      )
      .respond(new AIMessage("It is in stock."));
    const agent = createAgent({ model, tools: [lookUp], middleware: [memoryMiddleware(sotto)] });
    await agent.invoke({ messages: [{ role: "user", content: "Is PSU-4471 there?" }] }, run);
    expect(await said(sotto, "chat-1")).toEqual([
      "user: Is PSU-4471 there?",
      "assistant: Let me look.",
      "assistant: It is in stock.",
    ]);
    const session = await sotto.session("chat-1");
    expect((await session.turns()).at(-1)?.toolCalls).toEqual([
      { name: "look_up", arguments: { part: "PSU-4471" }, result: "PSU-4471 is in stock" },
    ]);
    await session.close({ end: false });
  });

  it("remembers in a new conversation what was said in an earlier one, and only to the same user", async () => {
    const model = fakeModel()
      .respond(new AIMessage("Noted."))
      .respond(new AIMessage("Blue."))
      .respond(new AIMessage("I do not know."));
    const agent = createAgent({ model, tools: [], middleware: [memoryMiddleware(sotto, { timeoutMs: 10_000 })] });
    await agent.invoke({ messages: [{ role: "user", content: "My kettle is blue." }] }, run);
    await sotto.endSession({ user: "ada", session: "chat-1" });
    const ask = (userId: string, thread_id: string) =>
      agent.invoke(
        { messages: [{ role: "user", content: "What colour is my kettle?" }] },
        { context: { userId }, configurable: { thread_id } },
      );
    await ask("ada", "chat-2");
    await ask("ben", "chat-3");
    expect(shownTo(model.calls[1]?.messages ?? [])).toContain("My kettle is blue.");
    expect(shownTo(model.calls[2]?.messages ?? [])).not.toContain("kettle is blue");
  });

  it("does not recall what the model sees anyway", async () => {
    const model = fakeModel().respond(new AIMessage("Noted.")).respond(new AIMessage("Blue."));
    const agent = createAgent({
      model,
      tools: [],
      checkpointer: new MemorySaver(),
      middleware: [memoryMiddleware(sotto, { timeoutMs: 10_000, lanes: ["working"] })],
    });
    await agent.invoke({ messages: [{ role: "user", content: "My kettle is blue." }] }, run);
    await agent.invoke({ messages: [{ role: "user", content: "What colour is my kettle?" }] }, run);
    expect(model.calls[1]?.messages.map(({ text }) => text)).toContain("My kettle is blue.");
    expect(shownTo(model.calls[1]?.messages ?? [])).not.toContain("<recalled-");
  });

  describe("its scope", () => {
    const answer = () => fakeModel().respond(new AIMessage("Hello."));
    const hello = { messages: [{ role: "user", content: "Hello there" }] };

    it("is fixed by the application", async () => {
      const agent = createAgent({
        model: answer(),
        tools: [],
        middleware: [memoryMiddleware(sotto, { scope: { user: "eve", session: "fixed" } })],
      });
      await agent.invoke(hello);
      expect(await said(sotto, "fixed")).toEqual(["user: Hello there", "assistant: Hello."]);
    });

    it("is made from a context of the application's own", async () => {
      const agent = createAgent({
        model: answer(),
        tools: [],
        middleware: [
          memoryMiddleware(sotto, {
            contextSchema: z.object({ tenant: z.string(), person: z.string() }),
            scope: ({ context }) => ({ user: `${context?.tenant}/${context?.person}`, session: "own" }),
          }),
        ],
      });
      await agent.invoke(hello, { context: { tenant: "acme", person: "ada" } });
      const session = await sotto.session("own");
      expect(session.userId).toBe("acme/ada");
      await session.close({ end: false });
    });

    it("switches memory off where there is none", async () => {
      const model = answer();
      const agent = createAgent({
        model,
        tools: [],
        middleware: [memoryMiddleware(sotto, { scope: () => undefined })],
      });
      await agent.invoke(
        { messages: [{ role: "user", content: QUESTION }] },
        { configurable: { thread_id: "anonymous" } },
      );
      expect(shownTo(model.calls[0]?.messages ?? [])).not.toContain("<recalled-");
      expect(await said(sotto, "anonymous")).toEqual([]);
    });

    it("must name a user", async () => {
      const agent = createAgent({ model: answer(), tools: [], middleware: [memoryMiddleware(sotto)] });
      await expect(agent.invoke(hello, { context: { userId: "" } })).rejects.toThrow("userId");
    });

    it("records nothing without a session, or when told so", async () => {
      const [first, second] = [answer(), answer()];
      await createAgent({ model: first, tools: [], middleware: [memoryMiddleware(sotto)] }).invoke(hello, {
        context: { userId: "ada" },
      });
      await createAgent({ model: second, tools: [], middleware: [memoryMiddleware(sotto, { record: false })] }).invoke(
        hello,
        run,
      );
      expect(first.callCount + second.callCount).toBe(2);
      expect(await said(sotto, "chat-1")).toEqual([]);
      expect(sotto.stats.failedWrites).toBe(0);
    });
  });

  describe("when memory fails", () => {
    const silent = { warn: () => {}, error: () => {} };
    const ask = { messages: [{ role: "user", content: QUESTION }] };

    async function answersWith(broken: Partial<Sotto>): Promise<string[]> {
      const warnings: string[] = [];
      const agent = createAgent({
        model: fakeModel().respond(new AIMessage("I am here.")),
        tools: [],
        middleware: [
          memoryMiddleware(
            { ...sotto, ...broken },
            { clock: impatientClock, logger: { ...silent, warn: (message) => warnings.push(message) } },
          ),
        ],
      });
      const { messages } = await agent.invoke(ask, run);
      expect(messages.at(-1)?.text).toBe("I am here.");
      return warnings;
    }

    it("answers without a recall that never comes", async () => {
      expect(await answersWith({ searchMemory: () => new Promise(() => {}) })).toContain(
        "memory did not answer in time; the answer goes on without",
      );
    });

    it("answers without a recall that fails", async () => {
      const warnings = await answersWith({ searchMemory: () => Promise.reject(new Error("broken")) });
      expect(warnings).toContain("recall failed; the answer goes on without memory");
    });

    it("does not wait for ever for a write", async () => {
      const warnings = await answersWith({ recordTurn: () => new Promise(() => {}) });
      expect(warnings).toContain("a turn is still being written");
    });
  });

  describe("when a run is interrupted and resumed", () => {
    const thread = { configurable: { thread_id: "chat-1" }, context: { userId: "ada" } };
    const approve = new Command({ resume: { decisions: [{ type: "approve" }] } });

    function agentOver(memory: Sotto, model: ReturnType<typeof fakeModel>, checkpointer: MemorySaver) {
      return createAgent({
        model,
        tools: [lookUp],
        checkpointer,
        middleware: [
          memoryMiddleware(memory, { timeoutMs: 10_000 }),
          // LangChain's own types of it do not stand exact optional properties.
          humanInTheLoopMiddleware({ interruptOn: { look_up: true } } as never) as AgentMiddleware,
        ],
      });
    }

    it("keeps what was said before the interrupt, and after it writes each half once", async () => {
      const checkpointer = new MemorySaver();
      const model = fakeModel().respond(callsLookUp()).respond(new AIMessage("Within 30 days."));
      const agent = agentOver(sotto, model, checkpointer);
      const paused = await agent.invoke({ messages: [{ role: "user", content: QUESTION }] }, thread);
      expect(paused).toHaveProperty("__interrupt__");
      await sotto.flush();
      expect(await said(sotto, "chat-1")).toEqual([`user: ${QUESTION}`]);

      await agent.invoke(approve, thread);
      expect(await said(sotto, "chat-1")).toEqual([`user: ${QUESTION}`, "assistant: Within 30 days."]);
      expect(shownTo(model.calls[1]?.messages ?? [])).toContain("A router can be returned within 30 days.");
    });

    it("goes on in another process: recalls again, and writes nothing twice", async () => {
      const storage = memoryStorage();
      const first = await shop({ storage });
      const checkpointer = new MemorySaver();
      const before = fakeModel().respond(callsLookUp());
      await agentOver(first, before, checkpointer).invoke({ messages: [{ role: "user", content: QUESTION }] }, thread);
      await first.close();

      const second = createSotto({ storage });
      const after = fakeModel().respond(new AIMessage("Within 30 days."));
      await agentOver(second, after, checkpointer).invoke(approve, thread);
      expect(shownTo(after.calls[0]?.messages ?? [])).toContain("A router can be returned within 30 days.");
      expect(await said(second, "chat-1")).toEqual([`user: ${QUESTION}`, "assistant: Within 30 days."]);
      await second.close();
      await storage.close();
    });

    it("records a run that is done again from a checkpoint once", async () => {
      const checkpointer = new MemorySaver();
      const answered = new AIMessage({ id: "answer", content: "Within 30 days." });
      const model = fakeModel().respond(answered).respond(answered);
      const agent = createAgent({ model, tools: [], checkpointer, middleware: [memoryMiddleware(sotto)] });
      await agent.invoke({ messages: [{ id: "question", role: "user", content: QUESTION }] }, thread);
      const start: string[] = [];
      for await (const { config, metadata } of checkpointer.list({ configurable: { thread_id: "chat-1" } })) {
        if (metadata?.step === 0) start.push(config.configurable?.checkpoint_id as string);
      }
      await agent.invoke(null as never, {
        context: { userId: "ada" },
        configurable: { thread_id: "chat-1", checkpoint_id: start[0] },
      });
      expect(model.callCount).toBe(2);
      expect(await said(sotto, "chat-1")).toEqual([`user: ${QUESTION}`, "assistant: Within 30 days."]);
    });
  });
});
