import { fakeModel } from "@langchain/core/testing";
import { ChatOpenAI } from "@langchain/openai";
import { type ConsolidationInput, createSotto, memoryStorage, type Turn, turnConsolidator } from "@sotto/core";
import { testConsolidator } from "@sotto/core/testing";
import { type OfflineLlm, startOfflineLlm } from "@sotto-internal/offline-llm";
import { llmConsolidator } from "./llm-consolidator.ts";

let server: OfflineLlm;

beforeAll(async () => {
  server = await startOfflineLlm();
});

afterAll(() => server.close());

beforeEach(() => server.respondWith(undefined));

const overHttp = () =>
  new ChatOpenAI({
    model: "gpt-4.1-mini",
    temperature: 0,
    apiKey: "none",
    maxRetries: 0,
    configuration: { baseURL: server.baseURL },
  });

const turn = (id: string, text: string, role: Turn["role"] = "user"): Turn => ({
  id,
  sessionId: "s",
  role,
  text,
  at: 1,
});

function inputOf(turns: readonly Turn[], more: Partial<ConsolidationInput> = {}): ConsolidationInput {
  return {
    sessionId: "s",
    user: { id: "ada" },
    turns,
    profile: { data: {}, summary: "", version: 0, updatedAt: 0 },
    known: [],
    ...more,
  };
}

testConsolidator("llmConsolidator", () => llmConsolidator(overHttp()));
testConsolidator("llmConsolidator beside episodes", () => llmConsolidator(overHttp(), { also: turnConsolidator() }));

describe("llmConsolidator", () => {
  it("makes facts and a profile patch of what the user said, with the turns that said it", async () => {
    const result = await llmConsolidator(overHttp()).consolidate(
      inputOf([
        turn("t1", "I live in Oslo."),
        turn("t2", "Noted.", "assistant"),
        turn("t3", "I am allergic to peanuts."),
      ]),
    );
    expect(result.memories).toEqual([
      { kind: "fact", text: "I live in Oslo.", turnIds: ["t1"] },
      { kind: "fact", text: "I am allergic to peanuts.", turnIds: ["t3"] },
    ]);
    expect(result.profilePatch).toEqual({ data: { city: "Oslo", allergy: "peanuts" } });
  });

  it("gives the same input the same result, with one call of the model", async () => {
    const consolidator = llmConsolidator(overHttp());
    const input = inputOf([turn("t1", "I live in Rome.")]);
    const before = server.requests.length;
    const [first, second] = await Promise.all([consolidator.consolidate(input), consolidator.consolidate(input)]);
    expect(await consolidator.consolidate(inputOf([turn("t1", "I live in Rome.")]))).toEqual(first);
    expect(second).toEqual(first);
    expect(server.requests.length - before).toBe(1);
  });

  it("replaces a known memory that is no longer true", async () => {
    const model = fakeModel().structuredResponse({
      facts: [{ text: "Ada lives in Rome.", turns: [1], supersedes: ["m1"] }],
      profile: [],
    });
    const known = [{ id: "old", kind: "fact" as const, text: "Ada lives in Oslo.", provenance: [], validFrom: 0 }];
    const { memories } = await llmConsolidator(model).consolidate(inputOf([turn("t1", "I moved to Rome.")], { known }));
    expect(memories[0]?.supersedes).toEqual(["old"]);
  });

  it("reads a long session in parts, at most as many as it may, the last ones", async () => {
    const before = server.requests.length;
    const turns = ["Oslo", "Rome", "Bonn", "Lima"].map((city, i) => turn(`t${i}`, `I live in ${city}.`));
    const { memories } = await llmConsolidator(overHttp(), { maxInputChars: 30, maxCalls: 2 }).consolidate(
      inputOf(turns),
    );
    expect(server.requests.length - before).toBe(2);
    expect(memories.map(({ text }) => text)).toEqual(["I live in Bonn.", "I live in Lima."]);
  });

  it("does not ask about a session in which the user said nothing", async () => {
    const before = server.requests.length;
    const result = await llmConsolidator(overHttp()).consolidate(inputOf([turn("t1", "Anyone there?", "assistant")]));
    expect(result).toEqual({ memories: [] });
    expect(server.requests.length).toBe(before);
  });

  it("rejects when the model fails, and asks again the next time", async () => {
    const consolidator = llmConsolidator(overHttp());
    const input = inputOf([turn("t1", "I live in Kyiv.")]);
    server.respondWith(() => {
      throw new Error("overloaded");
    });
    await expect(consolidator.consolidate(input)).rejects.toThrow();
    server.respondWith(undefined);
    expect((await consolidator.consolidate(input)).memories).toHaveLength(1);
  });

  it("gives up a model that hangs when the signal is aborted", async () => {
    const reason = new Error("too late");
    const controller = new AbortController();
    let asked = () => {};
    const arrived = new Promise<void>((resolve) => {
      asked = resolve;
    });
    server.respondWith(() => {
      asked();
      return new Promise(() => {});
    });
    const running = llmConsolidator(overHttp()).consolidate(
      inputOf([turn("t1", "I live in Nice.")], { signal: controller.signal }),
    );
    const outcome = running.catch((error: unknown) => error);
    await arrived;
    controller.abort(reason);
    expect(await outcome).toBe(reason);
  });

  it("keeps what another consolidator makes beside it", async () => {
    const { memories } = await llmConsolidator(overHttp(), {
      also: turnConsolidator(),
    }).consolidate(inputOf([turn("t1", "I live in Oslo.")]));
    expect(memories.map(({ kind }) => kind)).toEqual(["turn", "fact"]);
  });

  it("gives Sotto facts and a profile at the end of a session", async () => {
    await using sotto = createSotto({
      storage: memoryStorage(),
      consolidator: llmConsolidator(overHttp()),
      recall: { timeoutMs: 10_000 },
    });
    const scope = { user: "ada", session: "chat-1" };
    await sotto.saveResponse({ ...scope, userText: "I live in Oslo.", assistantText: "A fine town." });
    await sotto.endSession(scope);
    expect((await sotto.memories("ada")).map(({ kind, text }) => [kind, text])).toEqual([["fact", "I live in Oslo."]]);
    expect((await sotto.profile("ada")).data).toEqual({ city: "Oslo" });
    await sotto.forget({ session: "chat-1" });
    expect((await sotto.profile("ada")).data).toEqual({});
  });
});
