import { initializeLogger, voice } from "@livekit/agents";
import type { ConsolidationInput, Turn } from "@sotto/core";
import { testConsolidator } from "@sotto/core/testing";
import { llmConsolidator } from "../index.ts";

initializeLogger({ pretty: false, level: "silent" });

type Answer = { save?: Record<string, unknown>; text?: string };

/** FakeLLM that gives the next answer, whatever it is asked; notes what it was asked. */
class AnsweringLLM extends voice.testing.FakeLLM {
  readonly asked: string[] = [];
  readonly #answers: Answer[];

  constructor(...answers: Answer[]) {
    super();
    this.#answers = answers;
  }

  override lookup(input: string): voice.testing.FakeLLMResponse {
    this.asked.push(input);
    const { save, text } = this.#answers[Math.min(this.asked.length, this.#answers.length) - 1] ?? {};
    return {
      input,
      ...(text === undefined ? {} : { content: text }),
      ...(save === undefined ? {} : { toolCalls: [{ name: "save_memories", args: save }] }),
    };
  }
}

function turn(id: string, role: Turn["role"], text: string, at = 1_000): Turn {
  return { id, sessionId: "call-1", role, text, at, ...(role === "user" ? { speaker: "ada" } : {}) };
}

function input(more: Partial<ConsolidationInput> = {}): ConsolidationInput {
  return {
    sessionId: "call-1",
    user: { id: "ada", name: "Ada" },
    turns: [
      turn("i1", "user", "I moved from Paris to Rome."),
      turn("i2", "assistant", "Noted."),
      turn("i3", "user", "And I am vegan now."),
    ],
    profile: { data: { city: "Paris" }, summary: "", version: 1, updatedAt: 0 },
    known: [{ id: "old", kind: "fact", text: "Ada lives in Paris.", provenance: [], validFrom: 0 }],
    ...more,
  };
}

const ROME = { text: "Ada lives in Rome.", turns: [1], supersedes: ["k1"] };

testConsolidator("llmConsolidator", () =>
  llmConsolidator(new AnsweringLLM({ save: { facts: [{ ...ROME, supersedes: [] }], profile: [] } })),
);

describe("llmConsolidator", () => {
  it("makes facts with their turns, supersedes, and patches the profile", async () => {
    const profile = [{ key: "city", value: "Rome" }];
    const model = new AnsweringLLM({ save: { facts: [ROME], profile } });
    expect(await llmConsolidator(model, { verbatim: null }).consolidate(input())).toEqual({
      memories: [
        {
          id: expect.stringMatching(/^fact-/),
          kind: "fact",
          text: "Ada lives in Rome.",
          turnIds: ["i1"],
          validFrom: 1_000,
          supersedes: ["old"],
        },
      ],
      profilePatch: { data: { city: "Rome" } },
    });
  });

  it("takes JSON from a model that calls no tools, and asks once more for what is none", async () => {
    const json = JSON.stringify({ facts: [ROME], profile: [] });
    const talking = new AnsweringLLM({ text: "I will remember it." }, { text: `Here: ${json}` });
    const { memories } = await llmConsolidator(talking, { verbatim: null }).consolidate(input());
    expect(memories).toHaveLength(1);
    expect(talking.asked).toHaveLength(2);
    const deaf = new AnsweringLLM({ text: "I cannot." });
    await expect(llmConsolidator(deaf).consolidate(input())).rejects.toThrow("twice");
  });

  it("stops the model when its caller no longer waits", async () => {
    const stop = new AbortController();
    const model = new AnsweringLLM({ save: { facts: [], profile: [] } });
    stop.abort(new Error("stopped"));
    await expect(llmConsolidator(model).consolidate(input({ signal: stop.signal }))).rejects.toThrow("stopped");
    expect(model.asked).toEqual([]);
  });
});
