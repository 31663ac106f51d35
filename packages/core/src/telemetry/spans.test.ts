import { jest } from "@jest/globals";
import { context, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { createSotto } from "../create-sotto.ts";
import { memoryStorage } from "../storage/memory/memory-storage.ts";
import { inSpan } from "./spans.ts";

const exporter = new InMemorySpanExporter();
const quiet = { warn: jest.fn(), error: jest.fn() };
const user = { id: "secret-user", name: "Maria Callas" };

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
});
beforeEach(() => exporter.reset());
afterAll(() => {
  trace.disable();
  context.disable();
});

function spans(name?: string): ReadableSpan[] {
  return exporter.getFinishedSpans().filter((span) => name === undefined || span.name === name);
}

describe("spans of OpenTelemetry", () => {
  it("tell of loading, saving, recalling and consolidating", async () => {
    const storage = memoryStorage();
    const first = createSotto({ storage, logger: quiet });
    await first.createIndex("kb", [{ id: "d", text: "The gate code is 4471." }]);
    await first.saveResponse({ user, session: "s", userText: "My dog is called Rex.", assistantText: "Noted." });
    await first.endSession({ user, session: "s" });
    await first.close();
    exporter.reset();

    await using sotto = createSotto({ storage, logger: quiet });
    await sotto.recordTurn({ user, session: "t", role: "user", text: "Hello again.", durability: "queued" });
    await sotto.searchMemory("Is my dog called Rex, and what is the gate code?", { user, session: "t" });
    expect(spans("sotto.load").map(({ attributes }) => attributes)).toEqual(
      expect.arrayContaining([
        { "sotto.kind": "index", "sotto.index": "kb", "sotto.version": 2, "sotto.documents": 1 },
        expect.objectContaining({ "sotto.kind": "session" }),
        expect.objectContaining({ "sotto.kind": "permanent", "sotto.documents": 1 }),
      ]),
    );
    expect(spans("sotto.save").map(({ attributes }) => attributes)).toEqual([
      { "sotto.durability": "queued", "sotto.saved": true },
    ]);
    expect(spans("sotto.recall").map(({ attributes }) => attributes)).toMatchObject([
      {
        "sotto.degraded": false,
        "sotto.prefetched": false,
        "sotto.timeout_ms": 250,
        "sotto.lane.profile.status": "empty",
        "sotto.lane.permanent.status": "ok",
        "sotto.lane.permanent.hits": 1,
        "sotto.lane.org.status": "ok",
        "sotto.lane.org.hits": 1,
        "sotto.lane.org.ms": expect.any(Number),
      },
    ]);
    exporter.reset();
    await sotto.endSession({ user, session: "t" });
    expect(spans("sotto.consolidate").map(({ attributes }) => attributes)).toEqual([
      { "sotto.consolidator": expect.any(String), "sotto.turns": 1, "sotto.memories": expect.any(Number) },
    ]);
  });

  it("are children of the span in which Sotto was called, and what recall loads is a child of recall", async () => {
    const storage = memoryStorage();
    const first = createSotto({ storage, logger: quiet });
    await first.createIndex("kb", [{ id: "d", text: "The gate code is 4471." }]);
    await first.close();
    exporter.reset();
    await using sotto = createSotto({ storage, logger: quiet });
    const outer = trace.getTracer("the application").startSpan("answer the caller");
    await context.with(trace.setSpan(context.active(), outer), () => sotto.searchMemory("gate code", { user }));
    outer.end();
    const [recall] = spans("sotto.recall");
    expect(recall?.parentSpanContext?.spanId).toBe(outer.spanContext().spanId);
    const load = spans("sotto.load").find(({ attributes }) => attributes["sotto.kind"] === "index");
    expect(load?.parentSpanContext?.spanId).toBe(recall?.spanContext().spanId);
  });

  it("hold no text, no user and no session", async () => {
    await using sotto = createSotto({ storage: memoryStorage(), logger: quiet });
    const scope = { user, session: "secret-session" };
    await sotto.saveResponse({ ...scope, userText: "My secret word is zebra.", assistantText: "Zebra, secret-ly." });
    await sotto.searchMemory("What is my secret word?", scope);
    await sotto.endSession(scope);
    await sotto.searchMemory("", scope).catch(() => undefined);
    expect(spans().length).toBeGreaterThan(5);
    const told = JSON.stringify(spans().map(({ attributes, status, events }) => [attributes, status, events]));
    expect(told).not.toMatch(/secret|zebra|maria/i);
  });

  it("say what failed, and leave the error to the caller", async () => {
    const work = () => inSpan("sotto.save", {}, () => Promise.reject(new RangeError("said by Maria")));
    await expect(work()).rejects.toThrow("said by Maria");
    expect(spans().map(({ attributes, status }) => [attributes, status])).toEqual([
      [{ "error.type": "RangeError" }, { code: SpanStatusCode.ERROR }],
    ]);
  });
});
