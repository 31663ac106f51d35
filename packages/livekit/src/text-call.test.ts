import { initializeLogger, llm, voice } from "@livekit/agents";
import type { Sotto } from "@sotto/core";
import { z } from "zod";
import { blocksOf, orderOf, SeeingLLM } from "../test/support/fake-models.ts";
import { sottoWithKnowledge } from "../test/support/sottos.ts";
import { MemoryAgent, type MemoryOptions, type RecallEvent, withMemory } from "./index.ts";

initializeLogger({ pretty: false, level: "silent" });

const QUESTION = "how long can I return the router?";
const user = "ada";

let sotto: Sotto;
let sessions: voice.AgentSession[] = [];

beforeEach(async () => {
  sotto = await sottoWithKnowledge();
});

afterEach(async () => {
  for (const session of sessions) await session.close();
  sessions = [];
  await sotto.close();
});

async function start(agent: voice.Agent, model: SeeingLLM): Promise<voice.AgentSession> {
  const session = new voice.AgentSession({ llm: model, vad: null, turnHandling: { turnDetection: "manual" } });
  sessions.push(session);
  await session.start({ agent });
  return session;
}

function memory(more: Partial<MemoryOptions> = {}): MemoryOptions {
  return { sotto, user, session: "call-1", ...more };
}

describe("a typed turn", () => {
  it("puts what was recalled right before the user's message, in one call of the model", async () => {
    const model = new SeeingLLM([{ input: QUESTION, content: "Thirty days." }]);
    const session = await start(new MemoryAgent({ instructions: "Help.", memory: memory() }), model);
    await session.run({ userInput: QUESTION }).wait();

    expect(model.calls).toHaveLength(1);
    expect(model.calls.map(orderOf)).toEqual([["memory", "user"]]);
    expect(model.calls.flatMap(blocksOf)).toMatchObject([
      { role: "user", text: expect.stringContaining("within 30 days") },
    ]);
  });

  it("leaves the agent's history as it would be without memory", async () => {
    const model = new SeeingLLM([{ input: QUESTION, content: "Thirty days." }]);
    const agent = new MemoryAgent({ instructions: "Help.", memory: memory() });
    const session = await start(agent, model);
    await session.run({ userInput: QUESTION }).wait();

    const rolesOf = (items: readonly llm.ChatItem[]) =>
      items.flatMap((item) => (item.type === "message" ? [item.role] : []));
    expect(rolesOf(agent.chatCtx.items)).toEqual(["system", "user", "assistant"]);
    expect(rolesOf(session.history.items)).toEqual(["user", "assistant"]);
  });

  it("recalls for the newest message only", async () => {
    const model = new SeeingLLM([
      { input: QUESTION, content: "Thirty days." },
      { input: "and how do I reset the modem?", content: "Hold the red button." },
    ]);
    const session = await start(new MemoryAgent({ instructions: "Help.", memory: memory() }), model);
    await session.run({ userInput: QUESTION }).wait();
    await session.run({ userInput: "and how do I reset the modem?" }).wait();

    expect(model.calls.map(orderOf)).toEqual([
      ["memory", "user"],
      ["user", "assistant", "memory", "user"],
    ]);
    expect(model.calls.flatMap(blocksOf)[1]?.text).toContain("red button");
  });

  it("takes the place, the lanes and the number of hits from the options", async () => {
    const model = new SeeingLLM([{ input: QUESTION, content: "Thirty days." }]);
    const recall = { lanes: ["org"], topK: 1 } as const;
    const session = await start(
      new MemoryAgent({ instructions: "Help.", memory: memory({ placement: "system", ...recall }) }),
      model,
    );
    await session.run({ userInput: QUESTION }).wait();

    const [block] = model.calls.flatMap(blocksOf);
    expect(block?.role).toBe("system");
    expect(block?.text).not.toContain("red button");
  });

  it("injects nothing when told so, and still records", async () => {
    const model = new SeeingLLM([{ input: QUESTION, content: "Thirty days." }]);
    const session = await start(new MemoryAgent({ instructions: "Help.", memory: memory({ inject: "off" }) }), model);
    await session.run({ userInput: QUESTION }).wait();
    await session.close();

    expect(model.calls.map(orderOf)).toEqual([["user"]]);
    expect((await turnsOf("call-1")).map(({ text }) => text)).toEqual([QUESTION, "Thirty days."]);
  });

  it("works for an agent made by Agent.create, with its own hooks", async () => {
    const model = new SeeingLLM([{ input: QUESTION, content: "Thirty days." }]);
    const entered: string[] = [];
    const agent = voice.Agent.create({ instructions: "Help.", onEnter: ({ id }) => void entered.push(id) });
    const session = await start(withMemory(agent, memory()), model);
    await session.run({ userInput: QUESTION }).wait();

    expect(model.calls.map(orderOf)).toEqual([["memory", "user"]]);
    expect(entered).toEqual(["default_agent"]);
  });

  it("works for a subclass that overrides hooks without calling super", async () => {
    const model = new SeeingLLM([{ input: QUESTION, content: "Thirty days." }]);
    const seen: string[][] = [];
    class Support extends MemoryAgent {
      override async onEnter() {}
      override async llmNode(...args: Parameters<voice.Agent["llmNode"]>) {
        seen.push(args[0].items.map(({ id }) => id));
        return voice.Agent.default.llmNode(this, ...args);
      }
    }
    const session = await start(new Support({ instructions: "Help.", memory: memory() }), model);
    await session.run({ userInput: QUESTION }).wait();
    await session.close();

    expect(seen[0]?.some((id) => id.startsWith("sotto_memory_"))).toBe(true);
    expect(await turnsOf("call-1")).toHaveLength(2);
  });

  it("tells onRecall what was found, and goes on when that throws", async () => {
    const model = new SeeingLLM([{ input: QUESTION, content: "Thirty days." }]);
    const events: RecallEvent[] = [];
    const onRecall = (event: RecallEvent) => {
      events.push(event);
      throw new Error("the panel is gone");
    };
    const session = await start(new MemoryAgent({ instructions: "Help.", memory: memory({ onRecall }) }), model);
    await session.run({ userInput: QUESTION }).wait();

    expect(events).toMatchObject([{ status: "ok", query: QUESTION }]);
    expect(events[0]?.recall?.org[0]?.id).toBe("returns");
    expect(model.calls).toHaveLength(1);
  });
});

describe("a turn with tools", () => {
  it("shows the same block at every step, once, before the message, from one recall", async () => {
    const lookUp = llm.tool({
      name: "look_up",
      description: "Looks an order up.",
      parameters: z.object({}),
      execute: async () => ({ order: 7 }),
    });
    const model = new SeeingLLM([
      { input: QUESTION, toolCalls: [{ name: "look_up", args: {} }] },
      { input: JSON.stringify({ order: 7 }), content: "Thirty days for order 7." },
    ]);
    const recalls: RecallEvent[] = [];
    const agent = new MemoryAgent({
      instructions: "Help.",
      tools: [lookUp],
      memory: memory({ onRecall: (event) => recalls.push(event) }),
    });
    const session = await start(agent, model);
    await session.run({ userInput: QUESTION }).wait();
    await session.close();

    expect(model.calls.map(orderOf)).toEqual([
      ["memory", "user"],
      ["memory", "user", "function_call", "function_call_output"],
    ]);
    const [first, second] = model.calls.flatMap(blocksOf);
    expect(second).toEqual(first);
    expect(recalls).toHaveLength(1);
    expect(await turnsOf("call-1")).toMatchObject([
      { role: "user", text: QUESTION },
      { role: "assistant", text: "Thirty days for order 7.", toolCalls: [{ name: "look_up", result: { order: 7 } }] },
    ]);
  });
});

describe("the next call", () => {
  it("recalls what was said in the first one", async () => {
    const first = new SeeingLLM([
      { input: "my dog is called Rex and he chewed the antenna", content: "Poor antenna." },
    ]);
    const session = await start(new MemoryAgent({ instructions: "Help.", memory: memory() }), first);
    await session.run({ userInput: "my dog is called Rex and he chewed the antenna" }).wait();
    await session.close();

    const second = new SeeingLLM([{ input: "what is my dog called?", content: "Rex." }]);
    const again = await start(
      new MemoryAgent({ instructions: "Help.", memory: memory({ session: "call-2" }) }),
      second,
    );
    await again.run({ userInput: "what is my dog called?" }).wait();

    expect(second.calls.flatMap(blocksOf)[0]?.text).toContain("Rex");
  });
});

async function turnsOf(session: string) {
  const opened = await sotto.session(session);
  const turns = await opened.turns();
  await opened.close({ end: false });
  return turns;
}
