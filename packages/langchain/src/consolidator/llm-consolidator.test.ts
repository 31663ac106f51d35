import { ChatOpenAI } from "@langchain/openai";
import type { ConsolidationInput, Turn } from "@sotto/core";
import { testConsolidator } from "@sotto/core/testing";
import { type OfflineLlm, startOfflineLlm } from "@sotto-internal/offline-llm";
import { llmConsolidator } from "./llm-consolidator.ts";

let server: OfflineLlm;

beforeAll(async () => {
  server = await startOfflineLlm();
});

afterAll(() => server.close());

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

describe("llmConsolidator", () => {
  it("makes facts and a profile patch of what the user said, with the turns that said it", async () => {
    const { memories } = await llmConsolidator(overHttp(), { verbatim: null }).consolidate(
      inputOf([turn("t1", "I live in Oslo."), turn("t2", "Noted.", "assistant")]),
    );
    expect(memories).toMatchObject([{ kind: "fact", text: "I live in Oslo.", turnIds: ["t1"] }]);
  });

  it("rejects when the model does, and hands the caller's abort on", async () => {
    const failing = { withStructuredOutput: () => ({ invoke: async () => Promise.reject(new Error("no model")) }) };
    const input = inputOf([turn("t1", "I live in Oslo.")]);
    await expect(llmConsolidator(failing as never).consolidate(input)).rejects.toThrow("no model");
    let given: AbortSignal | undefined;
    const hanging = {
      withStructuredOutput: () => ({
        invoke(_messages: unknown, { signal }: { signal: AbortSignal }) {
          given = signal;
          return new Promise(() => {});
        },
      }),
    };
    const [first, second] = [new AbortController(), new AbortController()];
    const consolidator = llmConsolidator(hanging as never, { verbatim: null });
    const stopped = consolidator.consolidate({ ...input, signal: first.signal });
    const other = consolidator.consolidate({ ...input, signal: second.signal }).catch(() => {});
    await new Promise((resolve) => setImmediate(resolve));
    first.abort(new Error("the first caller left"));
    await expect(stopped).rejects.toThrow("the first caller left");
    // One caller's abort is not another's.
    expect(given?.aborted).toBe(false);
    second.abort();
    await other;
  });

  it("names itself by the model", () => {
    expect(llmConsolidator(overHttp()).id).toBe("facts-v1:gpt-4.1-mini");
  });
});
