import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { initializeLogger, voice } from "@livekit/agents";
import { createSotto, type Sotto } from "@sotto/core";
import { textSession, transcriptOf, turnsOf } from "../../test/support/calls.ts";
import { SeeingLLM } from "../../test/support/fake-models.ts";
import { broken, quiet, sottoWithKnowledge } from "../../test/support/sottos.ts";
import { MemoryAgent, recordSession } from "../index.ts";

initializeLogger({ pretty: false, level: "silent" });

const HELLO = { input: "hello, I am Ada and I keep bees", content: "Hello Ada." };

let sotto: Sotto;

beforeEach(async () => {
  sotto = await sottoWithKnowledge();
});

afterEach(async () => {
  await sotto.close();
});

const plain = () => new voice.Agent({ instructions: "Help." });

describe("recordSession", () => {
  it("records both sides of a session of any agent, with LiveKit's ids and times", async () => {
    const session = textSession({ llm: new SeeingLLM([HELLO]) });
    const recording = recordSession(session, { sotto, user: "ada", session: "call-1" });
    await session.start({ agent: plain() });
    await session.run({ userInput: HELLO.input }).wait();
    await recording.flush();

    const items = session.history.items.filter(({ type }) => type === "message");
    expect(await turnsOf(sotto, "call-1")).toMatchObject([
      { id: items[0]?.id, at: items[0]?.createdAt, role: "user", text: HELLO.input, speaker: "ada" },
      { id: items[1]?.id, at: items[1]?.createdAt, role: "assistant", text: HELLO.content },
    ]);
    await session.close();
  });

  it("records each turn once, however often memory is attached", async () => {
    const memory = { sotto, user: "ada", session: "call-1" };
    let writes = 0;
    const counting = broken(sotto, {
      recordTurn: (turn) => {
        writes++;
        return sotto.recordTurn(turn);
      },
    });
    const session = textSession({ llm: new SeeingLLM([HELLO]) });
    recordSession(session, { ...memory, sotto: counting });
    recordSession(session, { ...memory, sotto: counting });
    await session.start({ agent: new MemoryAgent({ instructions: "Help.", memory: { ...memory, sotto: counting } }) });
    await session.run({ userInput: HELLO.input }).wait();
    await session.close();
    expect(writes).toBe(2);
  });

  it("records nothing when told so", async () => {
    const session = textSession({ llm: new SeeingLLM([HELLO]) });
    const memory = { sotto, user: "ada", session: "call-1", record: false };
    await session.start({ agent: new MemoryAgent({ instructions: "Help.", memory }) });
    await session.run({ userInput: HELLO.input }).wait();
    await session.close();
    expect(await turnsOf(sotto, "call-1")).toEqual([]);
  });

  it("has written everything, and made memories of it, when close() resolves", async () => {
    const written: string[] = [];
    const slow = broken(sotto, {
      recordTurn: async (turn) => {
        await new Promise((resolve) => setTimeout(resolve, 50));
        written.push(turn.text);
        return sotto.recordTurn(turn);
      },
    });
    const session = textSession({ llm: new SeeingLLM([HELLO]) });
    recordSession(session, { sotto: slow, user: "ada", session: "call-1" });
    await session.start({ agent: plain() });
    await session.run({ userInput: HELLO.input }).wait();
    await session.close();
    expect(written).toEqual([HELLO.input, HELLO.content]);
    expect((await sotto.memories("ada")).map(({ text }) => text).join()).toContain("bees");
  });

  it("tells listeners of `close` only after everything is written", async () => {
    const session = textSession({ llm: new SeeingLLM([HELLO]) });
    const order: string[] = [];
    const noting = broken(sotto, {
      endSession: (scope) => {
        order.push("ended");
        return sotto.endSession(scope);
      },
    });
    recordSession(session, { sotto: noting, user: "ada", session: "call-1" });
    await session.start({ agent: plain() });
    session.on(voice.AgentSessionEventTypes.Close, () => order.push("closed"));
    await session.run({ userInput: HELLO.input }).wait();
    session.shutdown();
    await session.close();
    expect(order).toEqual(["ended", "closed"]);
  });

  it("waits in close() when the toolsets of the session cannot be reached", async () => {
    const session = textSession({ llm: new SeeingLLM([HELLO]) });
    const toolCtx: unknown = Reflect.get(session, "_toolCtx");
    Reflect.set(session, "_toolCtx", undefined);
    recordSession(session, { sotto, user: "ada", session: "call-1" });
    Reflect.set(session, "_toolCtx", toolCtx);
    await session.start({ agent: plain() });
    await session.run({ userInput: HELLO.input }).wait();
    await session.close();
    expect(await sotto.memories("ada")).not.toEqual([]);
  });

  it("leaves the session unconsolidated when told so", async () => {
    const session = textSession({ llm: new SeeingLLM([HELLO]) });
    recordSession(session, { sotto, user: "ada", session: "call-1", consolidate: false });
    await session.start({ agent: plain() });
    await session.run({ userInput: HELLO.input }).wait();
    await session.close();
    expect(await sotto.memories("ada")).toEqual([]);
    expect(await transcriptOf(sotto, "call-1")).toHaveLength(2);
  });
});

describe("kill -9", () => {
  it("loses no turn that was acknowledged", async () => {
    const directory = await mkdtemp(join(tmpdir(), "sotto-livekit-"));
    try {
      const script = fileURLToPath(new URL("../../test/support/endless-call.ts", import.meta.url));
      const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", script, directory], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const acknowledged: string[] = [];
      for await (const line of createInterface(child.stdout)) {
        acknowledged.push(line);
        if (acknowledged.length === 6) child.kill("SIGKILL");
      }
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
      expect(child.signalCode).toBe("SIGKILL");

      const again = createSotto({ storage: directory, logger: quiet });
      const ids = (await turnsOf(again, "call-1")).map(({ id }) => id);
      await again.close();
      expect(acknowledged.length).toBeGreaterThanOrEqual(6);
      expect(ids).toEqual(expect.arrayContaining(acknowledged));
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });
});
