import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { ConsolidationInput } from "@sotto/core";
import { testConsolidator } from "@sotto/core/testing";
import { type OfflineLlm, startOfflineLlm } from "@sotto-internal/offline-llm";
import { MockLanguageModelV4 } from "ai/test";
import { answer } from "../fixtures/model-answers.ts";
import { llmConsolidator } from "./llm-consolidator.ts";

let server: OfflineLlm;

beforeAll(async () => {
  server = await startOfflineLlm();
});
afterAll(() => server.close());

const offlineModel = () =>
  createOpenAICompatible({ name: "offline", baseURL: server.baseURL, supportsStructuredOutputs: true })("offline-chat");

testConsolidator("llmConsolidator over HTTP", () => llmConsolidator(offlineModel()));

const input: ConsolidationInput = {
  sessionId: "call-1",
  user: { id: "ana", name: "Ana" },
  turns: [{ id: "t1", sessionId: "call-1", role: "user", text: "I moved to Bergen.", at: 1_000 }],
  profile: { data: {}, summary: "", version: 1, updatedAt: 0 },
  known: [],
};
const found = { facts: [{ text: "Ana lives in Bergen.", turns: [1], supersedes: [] }], profile: [] };

describe("llmConsolidator", () => {
  it("asks the model for an object of a schema, with the conversation as data and the instructions apart", async () => {
    const model = new MockLanguageModelV4({ modelId: "small", doGenerate: answer(JSON.stringify(found)) });
    const consolidator = llmConsolidator(model, {
      verbatim: null,
      instructions: "Note the weather.",
      maxOutputTokens: 99,
    });
    expect(consolidator.id).toBe("facts-v1:small");
    expect((await consolidator.consolidate(input)).memories).toMatchObject([{ text: "Ana lives in Bergen." }]);
    const [call] = model.doGenerateCalls;
    expect(call).toMatchObject({
      temperature: 0,
      maxOutputTokens: 99,
      responseFormat: { type: "json", name: "memories" },
    });
    const [system, user] = call?.prompt ?? [];
    expect(JSON.stringify(system)).toContain("Note the weather.");
    expect(JSON.stringify(system)).not.toContain("Bergen");
    expect(JSON.stringify(user)).toContain("I moved to Bergen.");
  });

  it("asks once more for what is no such object, and gives up what fails", async () => {
    const mended = new MockLanguageModelV4({ doGenerate: [answer("I cannot."), answer(JSON.stringify(found))] });
    const { memories } = await llmConsolidator(mended, { verbatim: null }).consolidate(input);
    expect(memories).toHaveLength(1);
    expect(mended.doGenerateCalls).toHaveLength(2);
    const broken = new MockLanguageModelV4({
      doGenerate: async () => {
        throw new Error("no model");
      },
    });
    await expect(llmConsolidator(broken, { maxRetries: 0 }).consolidate(input)).rejects.toThrow("no model");
  });
});
