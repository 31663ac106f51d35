import { initializeLogger, llm, voice } from "@livekit/agents";
import type { Sotto } from "@sotto/core";
import { textSession, transcriptOf } from "../test/support/calls.ts";
import { blocksOf, orderOf, SeeingLLM } from "../test/support/fake-models.ts";
import { sottoWithKnowledge } from "../test/support/sottos.ts";
import { MemoryAgent, type RecallEvent, withMemory } from "./index.ts";

initializeLogger({ pretty: false, level: "silent" });

let sotto: Sotto;

beforeEach(async () => {
  sotto = await sottoWithKnowledge();
});

afterEach(async () => {
  await sotto.close();
});

describe("a hand-off", () => {
  it("keeps one recording and one memory, whether or not the history goes along", async () => {
    const memory = { sotto, user: "ada", session: "call-1" };
    const billing = new MemoryAgent({ instructions: "Billing.", memory });
    const transfer = llm.tool({
      name: "transfer",
      description: "Transfers.",
      execute: async () => llm.handoff({ agent: billing, returns: "transferring" }),
    });
    const model = new SeeingLLM([
      {
        input: "my invoice is about a red scooter, put me through",
        content: "One moment.",
        toolCalls: [{ name: "transfer", args: {} }],
      },
      { input: "what was my invoice about?", content: "A red scooter." },
    ]);
    const session = textSession({ llm: model });
    await session.start({ agent: new MemoryAgent({ instructions: "Front desk.", tools: [transfer], memory }) });
    await session.run({ userInput: "my invoice is about a red scooter, put me through" }).wait();
    await session.run({ userInput: "what was my invoice about?" }).wait();
    await session.close();

    const last = model.calls.at(-1);
    expect(last && orderOf(last).filter((role) => role !== "agent_handoff")).toEqual(["memory", "user"]);
    expect(last && blocksOf(last)[0]?.text).toContain("red scooter");
    expect(await transcriptOf(sotto, "call-1")).toEqual([
      "user: my invoice is about a red scooter, put me through",
      "assistant: One moment.",
      "user: what was my invoice about?",
      "assistant: A red scooter.",
    ]);
  });

  it("does not recall turns that the new agent sees anyway", async () => {
    const recalls: RecallEvent[] = [];
    const memory = { sotto, user: "ada", session: "call-1", onRecall: (event: RecallEvent) => recalls.push(event) };
    const model = new SeeingLLM([
      { input: "my invoice is about a red scooter", content: "Noted." },
      { input: "what was my invoice about, the scooter?", content: "A red scooter." },
    ]);
    const session = textSession({ llm: model });
    const front = new MemoryAgent({ instructions: "Front desk.", memory });
    await session.start({ agent: front });
    await session.run({ userInput: "my invoice is about a red scooter" }).wait();
    session.updateAgent(new MemoryAgent({ instructions: "Billing.", chatCtx: front.chatCtx.copy(), memory }));
    await session.run({ userInput: "what was my invoice about, the scooter?" }).wait();
    await session.close();

    expect(recalls.at(-1)?.recall?.working).toEqual([]);
    expect(await transcriptOf(sotto, "call-1")).toHaveLength(4);
  });
});

describe("an agent task", () => {
  it("has memory of its own turns, and its turns are recorded once", async () => {
    const memory = { sotto, user: "ada", session: "call-1" };
    const finish = (task: voice.AgentTask<string>) =>
      llm.tool({ name: "finish", description: "Finishes.", execute: async () => void task.complete("granted") });
    class Consent extends voice.AgentTask<string> {
      constructor() {
        super({ instructions: "Ask for consent." });
      }
      override async onEnter() {
        await this.updateTools([finish(this)]);
        this.session.say("May I look at your account?");
      }
    }
    const ask = llm.tool({
      name: "ask_consent",
      description: "Asks for consent.",
      execute: async () => withMemory(new Consent(), memory).run(),
    });
    const model = new SeeingLLM([
      { input: "why is my bill so high?", toolCalls: [{ name: "ask_consent", args: {} }] },
      { input: "yes, and how do I reset the modem?", toolCalls: [{ name: "finish", args: {} }] },
      { input: '"granted"', content: "It is the modem." },
    ]);
    const session = textSession({ llm: model });
    await session.start({ agent: new MemoryAgent({ instructions: "Help.", tools: [ask], memory }) });
    await session.run({ userInput: "why is my bill so high?" }).wait();
    await session.run({ userInput: "yes, and how do I reset the modem?" }).wait();
    await session.close();

    const inTask = model.calls.find(({ tools }) => tools.includes("finish"));
    expect(inTask && orderOf(inTask).slice(-2)).toEqual(["memory", "user"]);
    expect(inTask && blocksOf(inTask)).toMatchObject([{ text: expect.stringContaining("red button") }]);
    for (const call of model.calls) expect(blocksOf(call).length).toBeLessThanOrEqual(1);
    expect(await transcriptOf(sotto, "call-1")).toEqual([
      "user: why is my bill so high?",
      "assistant: May I look at your account?",
      "user: yes, and how do I reset the modem?",
      "assistant: It is the modem.",
    ]);
  });
});
