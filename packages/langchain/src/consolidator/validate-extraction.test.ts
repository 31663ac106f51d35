import type { MemoryRecord, Profile, Turn } from "@sotto/core";
import { validateExtraction } from "./validate-extraction.ts";

const turn = (id: string, role: "user" | "assistant"): Turn => ({ id, sessionId: "s", role, text: id, at: 0 });
const part = [
  { number: 1, turn: turn("t1", "user"), line: "" },
  { number: 2, turn: turn("t2", "assistant"), line: "" },
];
const memory: MemoryRecord = { id: "old", kind: "fact", text: "Ada lives in Oslo.", provenance: [], validFrom: 0 };
const profile: Profile = { data: { city: "Oslo", name: "Ada" }, summary: "", version: 1, updatedAt: 0 };

function validate(answer: unknown, limits = { maxFacts: 8, maxFactChars: 100 }) {
  return validateExtraction(answer, part, new Map([["m1", memory]]), profile, limits);
}

describe("validateExtraction", () => {
  it("takes facts with their turns and what they replace", () => {
    const facts = [{ text: " Ada lives in Rome. ", turns: [1, 2, 1], supersedes: ["m1", "m1"] }];
    expect(validate({ facts, profile: [] }).memories).toEqual([
      { kind: "fact", text: "Ada lives in Rome.", turnIds: ["t1", "t2"], supersedes: ["old"] },
    ]);
  });

  it.each([
    ["no text", { text: " ", turns: [1] }],
    ["a text that is too long", { text: "x".repeat(101), turns: [1] }],
    ["no turn", { text: "Ada has a dog.", turns: [] }],
    ["a turn that there is not", { text: "Ada has a dog.", turns: [9] }],
    ["only what the assistant said", { text: "Ada has a dog.", turns: [2] }],
    ["what is known", { text: "ada lives in oslo", turns: [1] }],
    ["another shape", "Ada has a dog."],
    ["nothing", null],
  ])("leaves out a fact with %s", (_, fact) => {
    expect(validate({ facts: [fact] }).memories).toEqual([]);
  });

  it("takes a fact once, and as many as are allowed", () => {
    const facts = ["A.", "a", "B.", "C."].map((text) => ({ text, turns: [1] }));
    expect(validate({ facts }, { maxFacts: 2, maxFactChars: 100 }).memories.map(({ text }) => text)).toEqual([
      "A.",
      "B.",
    ]);
  });

  it("replaces only memories that were shown", () => {
    const [fact] = validate({ facts: [{ text: "Ada has a dog.", turns: [1], supersedes: ["old", "m2", 1] }] }).memories;
    expect(fact).not.toHaveProperty("supersedes");
  });

  it("takes changes of the profile, and takes keys out", () => {
    const patch = [
      { key: "city", value: "" },
      { key: "name", value: "Ada" },
      { key: "job", value: " pilot " },
      { key: "never there", value: "" },
      { key: "__proto__", value: "x" },
      { key: "a.b", value: "x" },
      { key: "long", value: "x".repeat(101) },
      { key: 1, value: "x" },
    ];
    expect(validate({ facts: [], profile: patch }).data).toEqual({ city: null, job: "pilot" });
  });

  it.each([undefined, null, "text", [], { facts: {}, profile: "x" }])("makes nothing of %j", (answer) => {
    expect(validate(answer)).toEqual({ memories: [], data: {} });
  });
});
