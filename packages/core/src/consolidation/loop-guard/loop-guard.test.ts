import { composeContext } from "../../recall/composer/compose-context.ts";
import type { RecallEntry } from "../../recall/recall-types.ts";
import { asksOnly } from "../../session/asks-only.ts";
import type { Turn } from "../../session/turn.ts";
import { takeAll } from "../../steps.ts";
import { KnownText } from "./known-text.ts";
import { LoopGuard } from "./loop-guard.ts";
import { withoutRecalled as steps } from "./without-recalled.ts";

const withoutRecalled = (turns: readonly Turn[], known: KnownText): Turn[] => takeAll(steps(turns, known));

const oslo: RecallEntry = {
  id: "m1",
  lane: "permanent",
  text: "I live in Oslo with my dog Rex.",
  score: 0.9,
  at: 0,
  speaker: "Ada",
};
const refunds: RecallEntry = {
  id: "d1",
  lane: "org",
  text: "Refunds take 14 days. They go to the card that was used.",
  score: 0.9,
  index: "handbook",
};
const recall = { profile: null, permanent: [oslo], org: [refunds] };

function guarded(): LoopGuard {
  const guard = new LoopGuard();
  guard.remember("call", recall);
  return guard;
}
function turn(role: Turn["role"], text: string, id = text): Turn {
  return { id, sessionId: "call", role, text, at: 0 };
}

describe("the loop guard", () => {
  it.each([
    ["word by word", "I live in Oslo with my dog Rex."],
    ["in another case and punctuation", "i live in oslo, with my dog rex"],
    ["behind a lead-in", 'As I recall: you said "I live in Oslo with my dog Rex".'],
    ["from the other's point of view", "Yes, you live in Oslo with your dog Rex."],
    ["in part", "They go to the card that was used."],
    ["two at once", "Refunds take 14 days. I live in Oslo with my dog Rex."],
  ])("knows recalled text %s", (_, text) => {
    expect(guarded().isRecalled("call", text)).toBe(true);
  });

  it.each([
    ["My dog is called Bella."],
    ["I live in Oslo with my dog Bella."],
    ["I do not live in Oslo with my dog Rex."],
    ["I live in Oslo with my dog Rex and my wife Anna."],
    ["Refunds take 30 days."],
    ["Your refund was sent on Monday to your bank in Bergen."],
    ["Yes."],
    [""],
  ])("lets new text pass: %s", (text) => {
    expect(guarded().isRecalled("call", text)).toBe(false);
    expect(guarded().stripRecalled("call", text)).toEqual({ text, stripped: false });
  });

  it("knows a whole context that is repeated as it was shown", () => {
    const { contextText } = composeContext({ working: [], permanent: [oslo], org: [refunds] });
    expect(guarded().stripRecalled("call", contextText)).toEqual({ text: "", stripped: true });
  });

  it("knows a context in which an earlier one was recalled", () => {
    const earlier = composeContext({ working: [], permanent: [oslo], org: [refunds] }).contextText;
    const { contextText } = composeContext({
      working: [{ ...oslo, lane: "working", speaker: "assistant", text: earlier }],
      permanent: [],
      org: [refunds],
    });
    expect(guarded().stripRecalled("call", contextText)).toEqual({ text: "", stripped: true });
  });

  it("keeps what is new between recalled sentences", () => {
    const text = "Refunds take 14 days. Yours was approved by Kim this morning. They go to the card that was used.";
    expect(guarded().stripRecalled("call", text)).toEqual({
      text: "Yours was approved by Kim this morning.",
      stripped: true,
    });
  });

  it("does not take for known what leaves out the not of what is known", () => {
    const known = new KnownText();
    known.add("The refund for the kettle was not sent to your bank in Bergen.");
    expect(known.has("The refund for the kettle was not sent to your bank in Bergen.")).toBe(true);
    expect(known.has("The refund for the kettle was sent to your bank in Bergen.")).toBe(false);
  });

  it("knows nothing of other sessions, nor of one that was forgotten", () => {
    const guard = guarded();
    expect(guard.isRecalled("other", oslo.text)).toBe(false);
    guard.forget("call");
    expect(guard.isRecalled("call", oslo.text)).toBe(false);
  });

  it("does not take the session's own turns for recalled text", () => {
    const guard = new LoopGuard();
    const working: RecallEntry = { ...oslo, lane: "working" };
    const found = { ...recall, permanent: [], org: [], working: [working] };
    guard.remember("call", found);
    expect(guard.isRecalled("call", oslo.text)).toBe(false);
  });

  it("goes on in another process from hashes that hold no text", () => {
    const first = guarded();
    const saved = first.takeUnsaved("call");
    expect(saved.length).toBeGreaterThan(0);
    expect(saved.every(Number.isInteger)).toBe(true);
    expect(first.takeUnsaved("call")).toEqual([]);
    const second = new LoopGuard();
    second.restore("call", JSON.parse(JSON.stringify(saved)));
    expect(second.isRecalled("call", "refunds take 14 days")).toBe(true);
    expect(second.takeUnsaved("call")).toEqual([]);
  });

  it("stays bounded however much is recalled", () => {
    const guard = new LoopGuard();
    for (let i = 0; i < 300; i++) guard.remember(`call-${i}`, recall);
    expect(guard.isRecalled("call-0", oslo.text)).toBe(false);
    expect(guard.isRecalled("call-299", oslo.text)).toBe(true);
    const known = new KnownText();
    for (let i = 0; i < 9_000; i++) known.add(`Fact number ${i} of many.`);
    expect([...known.sentences].length).toBe(8_192);
    expect(known.has("Fact number 8999 of many.")).toBe(true);
  });
});

describe("turns without what was known", () => {
  const known = guarded().known("call");

  it("loses an answer that was only recalled, and the question that it answered", () => {
    expect(
      withoutRecalled(
        [turn("user", "where do i live"), turn("assistant", "You said: I live in Oslo with my dog Rex.")],
        known,
      ),
    ).toEqual([]);
  });

  it("keeps what the user stated, whatever the agent answered", () => {
    const moved = turn("user", "I moved to Bergen last week.");
    const answer = turn("assistant", oslo.text);
    expect(withoutRecalled([moved, answer], known)).toEqual([moved, { ...answer, text: "" }]);
  });

  it("keeps the new part of an answer", () => {
    const asked = turn("user", "How long does it take?");
    const answer = turn("assistant", "Refunds take 14 days. Yours was approved by Kim this morning.");
    expect(withoutRecalled([asked, answer], known)).toEqual([
      asked,
      { ...answer, text: "Yours was approved by Kim this morning." },
    ]);
  });

  it("loses a turn in which the agent only says again what was said, but not what the user says again", () => {
    const turns = [
      turn("user", "My parcel with the kettle is late.", "a"),
      turn("assistant", "So your parcel with the kettle is late.", "b"),
      turn("user", "My parcel with the kettle is late.", "c"),
    ];
    expect(withoutRecalled(turns, known).map(({ text }) => text)).toEqual([
      "My parcel with the kettle is late.",
      "",
      "My parcel with the kettle is late.",
    ]);
  });

  it("keeps what a user says, though it reads like what was recalled", () => {
    const turns = [turn("user", "Refunds take 14 days."), turn("user", "I live in Oslo with my dog Rex.")];
    expect(withoutRecalled(turns, known)).toEqual(turns);
  });

  it("keeps turns as they are when nothing in them is known", () => {
    const turns = [
      turn("user", "Hello!"),
      turn("assistant", "Hi, how can I help?"),
      turn("user", "Is it open?"),
      turn("assistant", "Yes, until six."),
    ];
    expect(withoutRecalled(turns, known)).toEqual(turns);
  });
});

it.each([
  ["What do you know about me?", true],
  ["so what's my plan", true],
  ["Please tell me. Where do I live?", true],
  ["¿Dónde vivo?", true],
  ["I live in Oslo. Where do you live?", false],
  ["My plan is Pro", false],
  ["", false],
])("%p asks only: %p", (text, expected) => {
  expect(asksOnly(text)).toBe(expected);
});
