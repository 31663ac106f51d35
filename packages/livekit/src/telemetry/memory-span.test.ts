import { initializeLogger, telemetry, voice } from "@livekit/agents";
import type { Sotto } from "@sotto/core";
import { textSession } from "../../test/support/calls.ts";
import { SeeingLLM } from "../../test/support/fake-models.ts";
import { broken, sottoWithKnowledge } from "../../test/support/sottos.ts";
import { createMemoryTools, MemoryAgent, recordSession } from "../index.ts";

initializeLogger({ pretty: false, level: "silent" });

interface SeenSpan {
  name: string;
  attributes: Record<string, unknown>;
  ended: boolean;
}

type Provider = Parameters<typeof telemetry.tracer.setProvider>[0];

const QUESTION = "how long can I return the router?";
const before = telemetry.tracer.getProvider();
let sotto: Sotto;
let spans: SeenSpan[];

beforeEach(async () => {
  sotto = await sottoWithKnowledge();
  spans = [];
  telemetry.tracer.setProvider(noting(spans));
});

afterEach(async () => {
  telemetry.tracer.setProvider(before);
  delete process.env.OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT;
  await sotto.close();
});

/** A provider whose tracers note what memory does, and leave the rest to the one before. */
function noting(seen: SeenSpan[]): Provider {
  const original = before.getTracer("test");
  const tracer = new Proxy(original, {
    get: (target, key) => {
      if (key !== "startSpan") return Reflect.get(target, key).bind(target);
      return (...args: Parameters<typeof original.startSpan>) => {
        const [name, options] = args;
        const span = target.startSpan(...args);
        const entry: SeenSpan = { name, attributes: { ...options?.attributes }, ended: false };
        seen.push(entry);
        return new Proxy(span, {
          get: (of, method) => {
            if (method === "setAttribute")
              return (attribute: string, value: unknown) => Object.assign(entry.attributes, { [attribute]: value });
            if (method === "setAttributes") return (attributes: object) => Object.assign(entry.attributes, attributes);
            if (method === "end") return () => Object.assign(entry, { ended: true });
            return Reflect.get(of, method).bind(of);
          },
        });
      };
    },
  });
  return { getTracer: () => tracer };
}

const memorySpans = (name: string) => spans.filter((span) => span.name === name);

async function call(memory = sotto): Promise<void> {
  const session = textSession({ llm: new SeeingLLM([{ input: QUESTION, content: "Thirty days." }]) });
  await session.start({
    agent: new MemoryAgent({ instructions: "Help.", memory: { sotto: memory, user: "ada", session: "call-1" } }),
  });
  await session.run({ userInput: QUESTION }).wait();
  await session.close();
}

describe("LiveKit's tracer", () => {
  it("sees each recall as search_memory, with what was found", async () => {
    await call();
    const [span] = memorySpans("search_memory");
    expect(span).toMatchObject({
      ended: true,
      attributes: {
        "gen_ai.operation.name": "search_memory",
        "gen_ai.memory.query.text": QUESTION,
        "sotto.recall.degraded": false,
        "sotto.lane.org.status": "ok",
      },
    });
    const records = JSON.parse(String(span?.attributes["gen_ai.memory.records"])) as unknown[];
    expect(records[0]).toEqual({
      id: "returns",
      score: expect.any(Number),
      content: expect.stringContaining("30 days"),
    });
  });

  it("sees each turn that is recorded, and each fact that is remembered, as create_memory", async () => {
    await call();
    expect(
      memorySpans("create_memory").map(({ attributes }) => JSON.parse(String(attributes["gen_ai.memory.records"]))),
    ).toMatchObject([[{ content: QUESTION }], [{ content: "Thirty days." }]]);
    expect(memorySpans("create_memory").every(({ ended }) => ended)).toBe(true);
  });

  it("sees no text when capturing content is off", async () => {
    process.env.OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT = "false";
    await call();
    expect(memorySpans("search_memory")[0]?.attributes).not.toHaveProperty(["gen_ai.memory.query.text"]);
    expect(JSON.stringify([...memorySpans("search_memory"), ...memorySpans("create_memory")])).not.toMatch(
      /30 days|return the router|Thirty/,
    );
  });

  it("sees the type of an error, not its text", async () => {
    class StoreGone extends Error {}
    await call(broken(sotto, { searchMemory: () => Promise.reject(new StoreGone(QUESTION)) }));
    expect(memorySpans("search_memory")[0]).toMatchObject({ ended: true, attributes: { "error.type": "StoreGone" } });
  });

  it("may fail without harm", async () => {
    const failing = () => {
      throw new Error("the tracer is broken");
    };
    await call();
    const session = textSession({ llm: new SeeingLLM([{ input: QUESTION, content: "Thirty days." }]) });
    recordSession(session, { sotto, user: "ada", session: "call-2" });
    await session.start({ agent: new voice.Agent({ instructions: "Help.", tools: createMemoryTools(sotto) }) });
    const startSpan = telemetry.tracer.startSpan;
    telemetry.tracer.startSpan = (options) =>
      options.name.endsWith("_memory") ? failing() : startSpan.call(telemetry.tracer, options);
    await session.run({ userInput: QUESTION }).wait();
    telemetry.tracer.startSpan = startSpan;
    await session.close();
    const opened = await sotto.session("call-2");
    expect(await opened.turns()).toHaveLength(2);
    await opened.close({ end: false });
  });
});
