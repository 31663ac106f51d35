import { initializeLogger, type JobContext, runWithJobContextAsync } from "@livekit/agents";
import { Room } from "@livekit/rtc-node";
import type { Sotto } from "@sotto/core";
import { textSession } from "../../test/support/calls.ts";
import { SeeingLLM } from "../../test/support/fake-models.ts";
import { jobIn } from "../../test/support/jobs.ts";
import { TestRoom } from "../../test/support/rooms.ts";
import { sottoWithKnowledge } from "../../test/support/sottos.ts";
import { greetingContext, handoverBrief, keyterms, MemoryAgent, type MemoryOptions, onSessionEnd } from "../index.ts";
import { callerOf } from "./caller-of.ts";

initializeLogger({ pretty: false, level: "silent" });

let sotto: Sotto;

beforeEach(async () => {
  sotto = await sottoWithKnowledge();
});
afterEach(() => sotto.close());

/** One call: what the caller says, and what the model was shown. */
async function call(words: string, memory: Partial<MemoryOptions>, job?: JobContext): Promise<string> {
  const model = new SeeingLLM([{ input: words, content: "Noted." }]);
  const run = async () => {
    const session = textSession({ llm: model });
    await session.start({ agent: new MemoryAgent({ instructions: "Help.", memory: { sotto, ...memory } }) });
    await session.run({ userInput: words }).wait();
    await session.close();
  };
  await (job === undefined ? run() : runWithJobContextAsync(job, run));
  return model.calls.map(({ items }) => JSON.stringify(items)).join("\n");
}

function roomWith(identity: string, attributes: Record<string, string> = {}, kind = 3): TestRoom {
  const room = new TestRoom();
  room.sid = `RM_${Math.random()}`;
  room.join({ identity, name: `Phone ${identity.slice(4)}`, attributes, info: { kind } });
  return room;
}

describe("a caller by telephone", () => {
  it.each([
    [{ identity: "sip_+351911222333", attributes: { "sip.phoneNumber": "+351 911-222-333" } }, "+351911222333"],
    [{ identity: "sip_0351911222", info: { kind: 3 } }, "0351911222"],
    [{ identity: "sip_anonymous", attributes: { "sip.phoneNumber": "anonymous" } }, undefined],
    [{ identity: "sip_unavailable", info: { kind: 3 } }, undefined],
    [{ identity: "sip_", info: { kind: 3 } }, undefined],
  ])("%j is known by the number, if there is one", (participant, id) => {
    expect(callerOf(participant)).toEqual(id === undefined ? undefined : { id, name: "caller" });
  });

  it("shares nothing with others who withhold their number, and leaves no memory behind", async () => {
    const anonymous = () => roomWith("sip_anonymous", { "sip.phoneNumber": "anonymous" });
    await call("my bank card ends with 7781", { room: anonymous() });
    expect(await call("what does my bank card end with?", { room: anonymous() })).not.toContain("7781");
  });

  it("is remembered by the number, which no model is told as a name", async () => {
    const known = () => roomWith("sip_+351911222333", { "sip.phoneNumber": "+351911222333" });
    await call("my plan is gold", { room: known(), session: "a" });
    const context = await greetingContext({ sotto, room: known(), session: "b" });
    expect(context).toContain("my plan is gold");
    expect(context).not.toContain("351911222333");
  });

  it("is told to identify with the kind of participant", async () => {
    const kinds: unknown[] = [];
    const identify = ({ kind }: { kind?: unknown }) => {
      kinds.push(kind);
      return "ada";
    };
    await call("hello", { room: roomWith("sip_+351911222333"), identify });
    expect(kinds).toEqual(["sip"]);
  });
});

describe("a call without a caller", () => {
  it("is the developer's in the console: one user, a session for each start, and nothing waits", async () => {
    const console_ = () => {
      const job = jobIn(new Room() as unknown as TestRoom, { sid: "" });
      Object.defineProperty(job, "isFakeJob", { value: true });
      return job;
    };
    await call("my cat is called Tom", {}, console_());
    expect(await call("what is my cat called?", {}, console_())).toContain("Tom");
    const sessions = new Set<string>();
    for await (const line of sotto.export({ user: "local-user" })) {
      const { type, sessionId } = JSON.parse(line) as { type: string; sessionId?: string };
      if (type === "session" && sessionId !== undefined) sessions.add(sessionId);
    }
    expect(sessions.size).toBe(2);
  });

  it("ends at once when nobody ever joined", async () => {
    const room = new TestRoom();
    await runWithJobContextAsync(jobIn(room), async () => {
      const session = textSession({ llm: new SeeingLLM([]) });
      const agent = new MemoryAgent({ instructions: "Help.", memory: { sotto, closeTimeoutMs: 600_000 } });
      await session.start({ agent });
      await session.say("Hello?").waitForPlayout();
      // Would wait ten minutes for a caller.
      await session.close();
    });
    expect(room.remoteParticipants.size).toBe(0);
  });

  it("finds the caller behind a supervisor without memory who was there before", async () => {
    const room = new TestRoom();
    room.join({ identity: "supervisor", info: { kind: 0 } });
    room.join({ identity: "ada", info: { kind: 0 } });
    const identify = ({ identity }: { identity: string }) => (identity === "supervisor" ? undefined : identity);
    await call("my cat is called Tom", { room, identify, session: "a" });
    expect(JSON.stringify(await sotto.memories("ada"))).toContain("Tom");
  });
});

describe("around a call", () => {
  it("memory is made in onSessionEnd, where a job has the time for it", async () => {
    const room = new TestRoom();
    room.join({ identity: "ada", info: { kind: 0 } });
    const job = jobIn(room);
    await call("my cat is called Tom", { closeTimeoutMs: 1 }, job);
    await onSessionEnd(job);
    expect(JSON.stringify(await sotto.memories("ada"))).toContain("Tom");
  });

  it("speech recognition is told names of the profile and titles", async () => {
    await sotto.updateProfile("ada", { data: { city: "Porto", notes: "x".repeat(90) } });
    const terms = await keyterms(sotto, { user: { id: "ada", name: "Ada Lovelace" } });
    expect(terms).toEqual(expect.arrayContaining(["Ada Lovelace", "Porto", "Modem"]));
    expect(terms.join()).not.toContain("xxx");
    const silent = { ...sotto, profile: () => new Promise<never>(() => {}) };
    expect(await keyterms(silent, { user: "ada" }, { timeoutMs: 1 })).toEqual([]);
  });

  it("a colleague who takes over is told what was said, in plain text", async () => {
    await sotto.recordTurn({ user: "ada", session: "call-1", role: "user", text: "My modem blinks red." });
    const brief = await handoverBrief({ sotto, user: "ada", session: "call-1" });
    expect(brief).toContain("My modem blinks red.");
    expect(brief).not.toContain("<recalled");
    expect(await handoverBrief({ sotto, user: "nobody", session: "none" })).toBe("");
  });
});
