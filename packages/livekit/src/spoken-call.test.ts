import { initializeLogger, stt, voice } from "@livekit/agents";
import type { Sotto } from "@sotto/core";
import { DeafVAD, Loudspeaker, Microphone, spokenFrames } from "../test/support/audio.ts";
import { transcriptOf } from "../test/support/calls.ts";
import { blocksOf, orderOf, SeeingLLM } from "../test/support/fake-models.ts";
import { broken, sottoWithKnowledge } from "../test/support/sottos.ts";
import { until } from "../test/support/until.ts";
import { MemoryAgent, type MemoryOptions, type RecallEvent } from "./index.ts";

initializeLogger({ pretty: false, level: "silent" });

const QUESTION = "how long can I return the router?";
const ANSWER = "You have thirty days from delivery.";
const user = "ada";

let sotto: Sotto;
let session: voice.AgentSession | undefined;

beforeEach(async () => {
  sotto = await sottoWithKnowledge();
});

afterEach(async () => {
  await session?.close();
  session = undefined;
  await sotto.close();
});

class SpeakingAgent extends MemoryAgent {
  constructor(memory: MemoryOptions) {
    super({ instructions: "Help.", memory });
  }
  override ttsNode() {
    return spokenFrames();
  }
}

interface Spoken {
  model: SeeingLLM;
  microphone: Microphone;
  loudspeaker: Loudspeaker;
  session: voice.AgentSession;
}

/** A call whose caller says the question once the microphone is pushed. */
async function start(
  memory: Partial<MemoryOptions>,
  options: { preemptive: boolean; byTranscript?: boolean },
): Promise<Spoken> {
  const transcript = QUESTION;
  const model = new SeeingLLM([{ input: transcript, content: ANSWER }]);
  session = new voice.AgentSession({
    llm: model,
    stt: new stt.testing.FakeSTT({ fakeUserSpeeches: [{ startTime: 10, endTime: 60, transcript, sttDelay: 40 }] }),
    vad: options.byTranscript ? null : new DeafVAD(),
    turnHandling: {
      turnDetection: options.byTranscript ? "stt" : null,
      endpointing: options.byTranscript ? { minDelay: 3_000, maxDelay: 3_000 } : { minDelay: 150, maxDelay: 200 },
      preemptiveGeneration: { enabled: options.preemptive },
    },
  });
  const microphone = new Microphone();
  const loudspeaker = new Loudspeaker();
  session.input.audio = microphone;
  session.output.audio = loudspeaker;
  await session.start({ agent: new SpeakingAgent({ sotto, user, session: "call-1", ...memory }) });
  return { model, microphone, loudspeaker, session };
}

function answered(of: voice.AgentSession): boolean {
  return of.history.items.some((item) => item.type === "message" && item.role === "assistant");
}

describe("a spoken turn", () => {
  it.each([
    ["after the end of the turn", false],
    ["preemptively", true],
  ])("is answered %s with what was recalled, by one call of the model and one recall", async (_, preemptive) => {
    const recalls: RecallEvent[] = [];
    const call = await start({ onRecall: (event) => recalls.push(event) }, { preemptive });
    /** Calls of the model when the turn was over. */
    let before: number | undefined;
    call.session.on(voice.AgentSessionEventTypes.ConversationItemAdded, () => {
      before ??= call.model.calls.length;
    });
    call.microphone.push(100);
    await until(() => answered(call.session));
    await call.session.close();

    expect(call.model.calls.map(orderOf)).toEqual([["memory", "user"]]);
    expect(call.model.calls.flatMap(blocksOf)[0]?.text).toContain("within 30 days");
    expect(recalls).toHaveLength(1);
    expect(await transcriptOf(sotto, "call-1")).toEqual([`user: ${QUESTION}`, `assistant: ${ANSWER}`]);
    if (preemptive) expect(before).toBe(1);
  });

  it("starts recall on interim transcripts", async () => {
    const partials: string[] = [];
    const listening = broken(sotto, {
      prefetch: (text, options) => {
        partials.push(text);
        sotto.prefetch(text, options);
      },
    });
    const recalls: RecallEvent[] = [];
    const call = await start({ sotto: listening, onRecall: (event) => recalls.push(event) }, { preemptive: false });
    call.microphone.push(100);
    await until(() => answered(call.session));

    expect(partials).toEqual(["how long", QUESTION]);
    expect(recalls).toMatchObject([{ status: "ok", recall: { trace: { prefetched: { text: QUESTION } } } }]);
  });

  it("is answered though prefetching fails", async () => {
    let attempts = 0;
    const failing = () => {
      attempts++;
      throw new Error("memory is broken");
    };
    const call = await start({ sotto: broken(sotto, { prefetch: failing }) }, { preemptive: false });
    call.microphone.push(100);
    await until(() => answered(call.session));
    expect(attempts).toBe(2);
    expect(call.model.calls.map(orderOf)).toEqual([["memory", "user"]]);
  });

  it("does not prefetch when told so", async () => {
    let prefetches = 0;
    const counting = broken(sotto, { prefetch: () => void prefetches++ });
    const call = await start({ sotto: counting, prefetch: false }, { preemptive: false });
    call.microphone.push(100);
    await until(() => answered(call.session));
    expect(prefetches).toBe(0);
  });
});

describe("injection in the hook", () => {
  it("puts the block before the message, and costs the preemptive reply", async () => {
    const call = await start({ inject: "onUserTurnCompleted" }, { preemptive: true });
    call.microphone.push(100);
    await until(() => answered(call.session));

    expect(call.model.calls.map(orderOf)).toEqual([["user"], ["memory", "user"]]);
    expect(call.session.history.items.some(({ id }) => id.startsWith("sotto_memory_"))).toBe(false);
  });
});

describe("an interruption", () => {
  it("keeps what was heard, and no more", async () => {
    const call = await start({}, { preemptive: false });
    call.loudspeaker.heard = "You have thirty";
    call.loudspeaker.onFirstFrame = () => call.session.interrupt({ force: true });
    call.microphone.push(100);
    await until(() => answered(call.session));
    await call.session.close();
    expect(await transcriptOf(sotto, "call-1")).toEqual([
      `user: ${QUESTION}`,
      "assistant: You have thirty (interrupted)",
    ]);
  });

  it("keeps nothing of a reply that nobody heard", async () => {
    const call = await start({}, { preemptive: false });
    call.loudspeaker.heard = "";
    let interrupted = false;
    call.loudspeaker.onFirstFrame = () => {
      interrupted = true;
      call.session.interrupt({ force: true });
    };
    call.microphone.push(100);
    await until(() => interrupted);
    await call.session.close();
    expect(await transcriptOf(sotto, "call-1")).toEqual([`user: ${QUESTION}`]);
  });
});

describe("hanging up", () => {
  it("keeps the last words, though they are committed while the session closes", async () => {
    const call = await start({}, { preemptive: false, byTranscript: true });
    let final = false;
    call.session.on(voice.AgentSessionEventTypes.UserInputTranscribed, ({ isFinal }) => {
      final ||= isFinal;
    });
    call.microphone.push(100);
    await until(() => final);
    await call.session.close();
    expect(await transcriptOf(sotto, "call-1")).toContain(`user: ${QUESTION}`);
  });
});
