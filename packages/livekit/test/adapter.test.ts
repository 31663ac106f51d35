import { initializeLogger, type llm, voice } from "@livekit/agents";
import { type AdapterSetting, type Exchange, type TestedAdapter, testAdapter } from "@sotto/core/testing";
import { callMemory } from "../src/call/call-memory.ts";
import { llmConsolidator, MemoryAgent, type MemoryOptions } from "../src/index.ts";
import { textSession } from "./support/calls.ts";

initializeLogger({ pretty: false, level: "silent" });

/** FakeLLM that says what it is told to, whatever it is asked; notes all that it was shown. */
class ObedientLLM extends voice.testing.FakeLLM {
  answer: voice.testing.FakeLLMResponse = { input: "" };
  shown: string[] = [];

  override lookup(input: string): voice.testing.FakeLLMResponse {
    return { ...this.answer, input };
  }

  override chat(options: Parameters<voice.testing.FakeLLM["chat"]>[0]): llm.LLMStream {
    this.shown.push(options.chatCtx.items.map((item) => (item.type === "message" ? item.textContent : "")).join("\n"));
    return super.chat(options);
  }
}

function adapter({ sotto, ...options }: AdapterSetting): TestedAdapter {
  const calls = new Map<string, Promise<{ session: voice.AgentSession; model: ObedientLLM; memory: MemoryOptions }>>();
  const ofCalls = async () => Promise.all(calls.values());
  const turns: ReturnType<typeof callMemory>["turns"][] = [];

  async function start(scope: Pick<Exchange, "user" | "session">) {
    const model = new ObedientLLM();
    const memory = { sotto, ...scope, ...options, consolidate: false, closeTimeoutMs: options.recordTimeoutMs };
    const session = textSession({ llm: model });
    await session.start({ agent: new MemoryAgent({ instructions: "Help.", memory }) });
    turns.push(callMemory(session, memory).turns);
    return { session, model, memory };
  }

  return {
    get stats() {
      const sum = { recalls: 0, lateRecalls: 0, failedRecalls: 0, lateWrites: 0, failedWrites: 0 };
      for (const { stats } of turns)
        for (const name of Object.keys(sum) as (keyof typeof sum)[]) sum[name] += stats[name];
      return sum;
    },
    async flush() {
      await Promise.all(turns.map((each) => each.flush()));
    },
    consolidator(answer, facts) {
      const model = new ObedientLLM();
      model.answer = { input: "", toolCalls: [{ name: "save_memories", args: answer as Record<string, unknown> }] };
      return llmConsolidator(model, facts);
    },
    async exchange({ user, session: id, message, answer }) {
      const key = JSON.stringify([user, id]);
      const call = calls.get(key) ?? start({ user, session: id });
      calls.set(key, call);
      const { session, model } = await call;
      model.answer = { input: "", content: answer.text };
      const before = model.shown.length;
      await session.run({ userInput: message.text }).wait();
      return { shown: model.shown.slice(before).join("\n") };
    },
    async close() {
      for (const { session } of await ofCalls()) await session.close();
    },
  };
}

const spoken = "what was spoken cannot be edited";

testAdapter("MemoryAgent", adapter, {
  skip: [
    { name: "edited", reason: spoken },
    { name: "regenerated", reason: spoken },
    { name: "undone", reason: spoken },
    { name: "recall-aborted", reason: "a reply is not aborted by a signal" },
  ],
});
