import { initializeLogger, voice } from "@livekit/agents";
import { createSotto, type Embedder, memoryStorage, type Sotto, type Storage } from "@sotto/core";
import { orderOf, SeeingLLM } from "../test/support/fake-models.ts";
import { broken, never, quiet, sottoWithKnowledge } from "../test/support/sottos.ts";
import { createMemoryTools, greetingContext, MemoryAgent, type MemoryOptions } from "./index.ts";

initializeLogger({ pretty: false, level: "silent" });

const QUESTION = "how long can I return the router?";
const user = "ada";
const boom = () => {
  throw new Error("memory is broken");
};
const fails = () => Promise.reject(new Error("memory is broken"));

let sotto: Sotto;

beforeEach(async () => {
  sotto = await sottoWithKnowledge();
});

afterEach(async () => {
  await sotto.close();
});

/** One typed turn and the end of the call; answers what the agent said. */
async function turn(memory: MemoryOptions): Promise<{ model: SeeingLLM; said: string[] }> {
  const model = new SeeingLLM([{ input: QUESTION, content: "Thirty days." }]);
  const session = new voice.AgentSession({ llm: model, vad: null, turnHandling: { turnDetection: "manual" } });
  await session.start({ agent: new MemoryAgent({ instructions: "Help.", memory }) });
  const result = await session.run({ userInput: QUESTION }).wait();
  result.expect.containsMessage({ role: "assistant" });
  await session.close();
  const said = session.history.items.flatMap((item) =>
    item.type === "message" && item.role === "assistant" ? [item.textContent ?? ""] : [],
  );
  return { model, said };
}

/** Notes which methods are called. */
function noting(of: Sotto, called: Set<string>): Sotto {
  return new Proxy(of, {
    get(target, key) {
      called.add(String(key));
      return Reflect.get(target, key);
    },
  });
}

function memory(of: Sotto, more: Partial<MemoryOptions> = {}): MemoryOptions {
  return { sotto: of, user, session: "call-1", timeoutMs: 30, closeTimeoutMs: 30, ...more };
}

describe("the agent answers when memory", () => {
  const faults: [name: string, methods: Partial<Sotto>][] = [
    ["throws at recall", { searchMemory: boom }],
    ["rejects a recall", { searchMemory: fails }],
    ["never answers a recall", { searchMemory: never }],
    ["throws when the session is opened", { session: boom }],
    ["never opens the session", { session: never }],
    ["throws at a write", { recordTurn: boom }],
    ["rejects a write", { recordTurn: fails }],
    ["never answers a write", { recordTurn: never }],
    ["refuses a write", { recordTurn: async () => null }],
    ["throws at the end of the session", { endSession: boom }],
    ["never ends the session", { endSession: never }],
    ["throws when it is opened", { brief: boom }],
    ["never opens", { brief: never }],
    ["does all of it", { session: never, searchMemory: never, recordTurn: never, endSession: never, brief: never }],
  ];

  it.each(faults)("%s", async (_, methods) => {
    const hit = new Set<string>();
    const { model, said } = await turn(memory(noting(broken(sotto, methods), hit)));
    expect(said).toEqual(["Thirty days."]);
    expect(model.calls).toHaveLength(1);
    expect([...hit]).toEqual(expect.arrayContaining(Object.keys(methods).slice(0, 2)));
  });

  it("is closed", async () => {
    await sotto.close();
    const { model, said } = await turn(memory(sotto));
    expect(said).toEqual(["Thirty days."]);
    expect(model.calls.map(orderOf)).toEqual([["user"]]);
  });

  it.each([
    ["throws", boom],
    ["rejects", fails],
    ["never answers", never],
  ])("has a store that %s", async (_, open) => {
    const gone: Storage = new Proxy(memoryStorage(), {
      get: (target, key) => (key === "open" || key === "list" ? open : Reflect.get(target, key)),
    });
    const { said } = await turn(memory(createSotto({ storage: gone, logger: quiet })));
    expect(said).toEqual(["Thirty days."]);
  });

  it.each([
    ["throws", boom],
    ["rejects", fails],
    ["never answers", never],
  ])("has an embedder that %s", async (_, embed) => {
    const embedder: Embedder = { id: "gone", dimensions: 256, calibration: { low: 0, high: 1 }, embed };
    const { said } = await turn(memory(createSotto({ storage: memoryStorage(), embedder, logger: quiet })));
    expect(said).toEqual(["Thirty days."]);
  });

  it.each([
    ["throws", boom],
    ["rejects", fails],
    ["never answers", never],
  ])("cannot tell who calls because identify %s", async (_, identify) => {
    const room = { remoteParticipants: new Map([["ada", { identity: "ada" }]]), on() {}, off() {}, name: "r" };
    const { model, said } = await turn({ sotto, identify, room, timeoutMs: 30, closeTimeoutMs: 30 });
    expect(said).toEqual(["Thirty days."]);
    expect(model.calls.map(orderOf)).toEqual([["user"]]);
  });

  it("knows no user at all", async () => {
    const { model, said } = await turn({ sotto, timeoutMs: 30 });
    expect(said).toEqual(["Thirty days."]);
    expect(model.calls.map(orderOf)).toEqual([["user"]]);
  });
});

describe("a broken memory", () => {
  it("gives an empty greeting context", async () => {
    for (const brief of [boom, fails, never<never>])
      expect(await greetingContext(memory(broken(sotto, { brief })))).toBe("");
  });

  it("tells the model that memory did not answer, without details", async () => {
    const tools = createMemoryTools(memory(broken(sotto, { searchMemory: never })), { timeoutMs: 20 });
    const model = new SeeingLLM([
      { input: QUESTION, toolCalls: [{ name: "search_knowledge_base", args: { query: "return" } }] },
      { input: JSON.stringify("Memory did not answer in time."), content: "I do not know." },
    ]);
    const session = new voice.AgentSession({ llm: model, vad: null, turnHandling: { turnDetection: "manual" } });
    await session.start({ agent: new voice.Agent({ instructions: "Help.", tools }) });
    const result = await session.run({ userInput: QUESTION }).wait();
    await session.close();
    result.expect.containsFunctionCallOutput({ output: JSON.stringify("Memory did not answer in time.") });
    result.expect.containsMessage({ role: "assistant" });
  });

  it("is refused before the agent starts when it is no memory", () => {
    expect(() => new MemoryAgent({ instructions: "Help.", memory: {} as MemoryOptions })).toThrow(
      "memory must be a Sotto",
    );
    expect(() => new MemoryAgent({ instructions: "Help.", memory: memory(sotto, { timeoutMs: 0 }) })).toThrow(
      "timeoutMs is 0",
    );
    expect(
      () => new MemoryAgent({ instructions: "Help.", memory: memory(sotto, { inject: "sometimes" as "off" }) }),
    ).toThrow('inject is "sometimes"');
  });
});
