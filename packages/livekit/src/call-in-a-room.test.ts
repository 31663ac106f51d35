import { initializeLogger, type JobContext, runWithJobContextAsync, voice } from "@livekit/agents";
import type { Sotto } from "@sotto/core";
import { textSession, transcriptOf, turnsOf } from "../test/support/calls.ts";
import { blocksOf, SeeingLLM } from "../test/support/fake-models.ts";
import { jobIn } from "../test/support/jobs.ts";
import { TestRoom } from "../test/support/rooms.ts";
import { broken, sottoWithKnowledge } from "../test/support/sottos.ts";
import { greetingContext, MemoryAgent, type RecallEvent, recordSession } from "./index.ts";

initializeLogger({ pretty: false, level: "silent" });

const HELLO = { input: "hello, I keep bees on the roof", content: "Hello." };

let sotto: Sotto;
let room: TestRoom;

beforeEach(async () => {
  sotto = await sottoWithKnowledge();
  room = new TestRoom();
});

afterEach(async () => {
  await sotto.close();
});

/** Ends a job as LiveKit does. */
async function shutDown(job: JobContext): Promise<void> {
  await Promise.all(job.shutdownCallbacks.map((callback) => callback()));
}

describe("a call in a room", () => {
  it("takes the user from the participant and the call from the job's room", async () => {
    room.join({ identity: "ada", name: "Ada" });
    await runWithJobContextAsync(jobIn(room, { sid: "RM_42" }), async () => {
      const session = textSession({ llm: new SeeingLLM([HELLO]) });
      await session.start({ agent: new MemoryAgent({ instructions: "Help.", memory: sotto }) });
      await session.run({ userInput: HELLO.input }).wait();
      await session.close();
    });
    expect(await turnsOf(sotto, "RM_42")).toMatchObject([
      { speaker: "ada", speakerName: "Ada" },
      { role: "assistant" },
    ]);
    expect((await sotto.memories("ada")).map(({ text }) => text).join()).toContain("bees");
  });

  it("records what the agent said before anybody joined, once somebody has", async () => {
    const session = textSession({ llm: new SeeingLLM([HELLO]) });
    const recording = recordSession(session, { sotto, room });
    await session.start({ agent: new voice.Agent({ instructions: "Help." }) });
    await session.say("Is anybody there?").waitForPlayout();
    room.join({ identity: "ada" });
    await session.run({ userInput: HELLO.input }).wait();
    await recording.flush();
    await session.close();
    expect(await transcriptOf(sotto, "RM_1")).toEqual([
      "assistant: Is anybody there?",
      `user: ${HELLO.input}`,
      "assistant: Hello.",
    ]);
  });

  it("keeps several participants apart: each recalls their own, all share the call", async () => {
    await sotto.remember("ada", "Ada's alarm code word is heron.");
    await sotto.remember("grace", "Grace's alarm code word is otter.");
    const model = new SeeingLLM([
      { input: "what is my alarm code word? I drive a red van", content: "Heron." },
      { input: "what is my alarm code word, and what colour is the van?", content: "Otter, and red." },
    ]);
    const degraded: (boolean | undefined)[] = [];
    const onRecall = ({ recall }: RecallEvent) => degraded.push(recall?.trace.degraded);
    const session = textSession({ llm: model });
    room.join({ identity: "ada", name: "Ada" });
    await session.start({ agent: new MemoryAgent({ instructions: "Help.", memory: { sotto, room, onRecall } }) });
    await session.run({ userInput: "what is my alarm code word? I drive a red van" }).wait();
    room.leave("ada");
    room.join({ identity: "grace", name: "Grace" });
    await session.run({ userInput: "what is my alarm code word, and what colour is the van?" }).wait();
    await session.close();

    const [forAda, forGrace] = model.calls.map((call) => blocksOf(call)[0]?.text);
    expect(degraded).toEqual([false, false]);
    expect(forAda).toContain("heron");
    expect(forAda).not.toContain("otter");
    expect(forGrace).toContain("otter");
    expect(forGrace).not.toContain("heron");
    expect(await turnsOf(sotto, "RM_1")).toMatchObject([
      { speaker: "ada" },
      { role: "assistant" },
      { speaker: "grace", speakerName: "Grace" },
      { role: "assistant" },
    ]);
    expect((await sotto.memories("ada")).map(({ text }) => text).join()).toContain("red van");
  });

  it("is consolidated in the shutdown of the job when closing did not wait for it", async () => {
    let finish = () => {};
    const held = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const slow = broken(sotto, {
      endSession: async (scope) => {
        await held;
        return sotto.endSession(scope);
      },
    });
    const job = jobIn(room);
    room.join({ identity: "ada" });
    await runWithJobContextAsync(job, async () => {
      const session = textSession({ llm: new SeeingLLM([HELLO]) });
      recordSession(session, { sotto: slow, closeTimeoutMs: 20 });
      await session.start({ agent: new voice.Agent({ instructions: "Help." }) });
      await session.run({ userInput: HELLO.input }).wait();
      await session.close();
    });
    expect(await sotto.memories("ada")).toEqual([]);
    finish();
    await shutDown(job);
    expect(await sotto.memories("ada")).not.toEqual([]);
  });
});

describe("the greeting context", () => {
  it("is what is known of the caller before the session starts", async () => {
    await sotto.updateProfile("ada", { data: { name: "Ada", plan: "gold" } });
    room.join({ identity: "ada" });
    const known = await runWithJobContextAsync(jobIn(room), () => greetingContext(sotto));
    expect(known).toContain("gold");
  });

  it("is there for an agent that enters", async () => {
    await sotto.remember("ada", "Ada's dog is called Rex.");
    const greetings: string[] = [];
    class Greeter extends MemoryAgent {
      override async onEnter() {
        greetings.push(await this.greetingContext());
      }
    }
    const session = textSession({ llm: new SeeingLLM() });
    await session.start({
      agent: new Greeter({ instructions: "Help.", memory: { sotto, user: "ada", session: "call-1" } }),
    });
    await session.close();
    expect(greetings).toEqual([expect.stringContaining("Rex")]);
  });

  it("is empty for a new caller", async () => {
    expect(await greetingContext({ sotto, user: "nobody" })).toBe("");
  });
});
