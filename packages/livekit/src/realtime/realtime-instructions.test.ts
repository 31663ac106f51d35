import { ReadableStream } from "node:stream/web";
import { initializeLogger, llm, voice } from "@livekit/agents";
import type { AudioFrame } from "@livekit/rtc-node";
import type { Sotto } from "@sotto/core";
import { transcriptOf } from "../../test/support/calls.ts";
import { broken, never, sottoWithKnowledge } from "../../test/support/sottos.ts";
import { until } from "../../test/support/until.ts";
import { MemoryAgent, type MemoryOptions } from "../index.ts";

initializeLogger({ pretty: false, level: "silent" });

class RealtimeSession extends llm.RealtimeSession {
  readonly instructions: string[] = [];
  chatCtx = llm.ChatContext.empty();
  tools = llm.ToolContext.empty();

  async updateInstructions(instructions: string) {
    this.instructions.push(instructions);
  }
  async updateChatCtx(chatCtx: llm.ChatContext) {
    this.chatCtx = chatCtx.copy();
  }
  async updateTools(tools: llm.ToolContext) {
    this.tools = tools.copy();
  }
  updateOptions() {}
  pushAudio() {}
  async commitAudio() {}
  async clearAudio() {}
  async interrupt() {}
  async truncate() {}
  async generateReply(): Promise<llm.GenerationCreatedEvent> {
    return {
      messageStream: streamOf({
        messageId: "message-1",
        textStream: streamOf("Thirty days."),
        audioStream: streamOf<AudioFrame>(),
        modalities: Promise.resolve<("text" | "audio")[]>(["text"]),
      }),
      functionStream: streamOf<llm.FunctionCall>(),
      userInitiated: true,
    };
  }

  hears(transcript: string): void {
    this.emit("input_audio_transcription_completed", {
      itemId: `item-${transcript.length}`,
      transcript,
      isFinal: true,
    });
  }
}

class RealtimeModel extends llm.RealtimeModel {
  readonly active: RealtimeSession;

  constructor(capabilities: Partial<llm.RealtimeCapabilities> = {}) {
    super({
      messageTruncation: false,
      turnDetection: true,
      userTranscription: true,
      autoToolReplyGeneration: true,
      audioOutput: false,
      manualFunctionCalls: false,
      ...capabilities,
    });
    this.active = new RealtimeSession(this);
  }
  get model() {
    return "realtime";
  }
  session() {
    return this.active;
  }
  async close() {}
}

function streamOf<T>(...items: T[]): ReadableStream<T> {
  return new ReadableStream<T>({
    start(controller) {
      for (const item of items) controller.enqueue(item);
      controller.close();
    },
  });
}

let sotto: Sotto;

beforeEach(async () => {
  sotto = await sottoWithKnowledge();
  await sotto.remember("ada", "Ada's dog is called Rex.");
});

afterEach(async () => {
  await sotto.close();
});

async function start(memory: Partial<MemoryOptions>, model = new RealtimeModel()) {
  const agent = new MemoryAgent({
    instructions: "Help.",
    memory: { sotto, user: "ada", session: "call-1", ...memory },
  });
  const session = new voice.AgentSession({ llm: model, vad: null, turnHandling: { turnDetection: null } });
  let entered = false;
  const onEnter = agent.onEnter.bind(agent);
  agent.onEnter = async () => {
    await onEnter();
    entered = true;
  };
  await session.start({ agent });
  await until(() => entered);
  return { agent, session, realtime: model.active };
}

describe("a realtime model", () => {
  it("has the greeting context behind its instructions when the agent enters", async () => {
    const { session, realtime } = await start({});
    await session.close();
    const last = realtime.instructions.at(-1);
    expect(last).toMatch(/^Help\.\n\n/);
    expect(last).toContain("Rex");
  });

  it("gets the tools when the agent is told so", async () => {
    const { session, realtime } = await start({ tools: true });
    await session.close();
    expect(Object.keys(realtime.tools.functionTools)).toContain("search_knowledge_base");
  });

  it("gets what a message recalls into its instructions with `turns`, in place of what was there", async () => {
    const { session, realtime } = await start({ realtime: "turns" });
    realtime.hears("how do I reset the modem?");
    await until(() => realtime.instructions.at(-1)?.includes("red button") === true);
    realtime.hears("how long can I return the router for?");
    await until(() => realtime.instructions.at(-1)?.includes("30 days") === true);
    await session.close();
    expect(realtime.instructions.at(-1)).toMatch(/^Help\.\n\n/);
    expect(realtime.instructions.at(-1)?.split("<recalled").length).toBe(2);
  });

  it("keeps instructions that the agent sets itself in front", async () => {
    const { agent, session, realtime } = await start({ realtime: "turns" });
    await agent.updateInstructions("Speak French.");
    realtime.hears("how do I reset the modem?");
    await until(() => realtime.instructions.at(-1)?.includes("red button") === true);
    await session.close();
    expect(realtime.instructions.at(-1)).toMatch(/^Speak French\.\n\n/);
  });

  it("is left alone with `off`, and when it takes no new instructions", async () => {
    for (const [memory, model] of [
      [{ realtime: "off" as const }, new RealtimeModel()],
      [{}, new RealtimeModel({ midSessionInstructionsUpdate: false })],
    ] as const) {
      const { session, realtime } = await start(memory, model);
      await session.close();
      expect(realtime.instructions.filter((text) => text.includes("Rex"))).toEqual([]);
    }
  });

  it("starts without memory when memory does not answer", async () => {
    const { session, realtime } = await start({ sotto: broken(sotto, { brief: never }), timeoutMs: 20 });
    await session.close();
    expect(realtime.instructions.filter((text) => text !== "Help.")).toEqual([]);
  });

  it("is recorded, both sides", async () => {
    const { session, realtime } = await start({});
    realtime.hears("how long can I return the router for?");
    await session.generateReply().waitForPlayout();
    await session.close();
    expect(await transcriptOf(sotto, "call-1")).toEqual([
      "user: how long can I return the router for?",
      "assistant: Thirty days.",
    ]);
  });
});
