import { RecallFixture } from "../../../test/memory/recall-fixture.ts";
import { turnConsolidator } from "../../consolidation/turn-consolidator.ts";
import { type MemoryMethods, memoryMethods } from "../../memory-methods.ts";

const ada = { id: "ada", name: "Ada" };

/** Memory as a process opens it over the store of `fixture`. */
async function furnished(): Promise<{ fixture: RecallFixture; open: () => MemoryMethods }> {
  const fixture = await RecallFixture.open();
  await fixture.know("handbook", [
    { id: "refunds", text: "Refunds take 14 days. They go to the card that was used.", metadata: { title: "Refunds" } },
    { id: "late", text: "A parcel is late after ten working days. Then it counts as lost." },
  ]);
  const open = () => memoryMethods(fixture.context, turnConsolidator());
  const memory = open();
  const call = { user: ada, session: "first" };
  await memory.saveResponse({
    ...call,
    userText: "I live in Oslo with my dog Rex and my order number is 4471.",
    assistantText: "Welcome, Ada.",
  });
  await memory.saveResponse({
    ...call,
    userText: "My parcel with the blue kettle has not arrived yet.",
    assistantText: "I will look into it.",
  });
  await memory.endSession(call);
  await memory.remember(ada, "Ada prefers to be called in the morning.");
  await memory.updateProfile(ada, { data: { plan: "Pro" } });
  await memory.close();
  return { fixture, open };
}

const questions = [
  "Where do I live?",
  "what is my order number",
  "When is a parcel late?",
  "How long do refunds take?",
  "Can you tell me about my dog Rex?",
  "when do I like to be called",
];

describe("an agent that repeats what it recalls", () => {
  it("leaves the count of permanent memories unchanged after 100 turns in several sessions and processes", async () => {
    const { open } = await furnished();
    let memory = open();
    const before = await memory.memories(ada);
    expect(before.length).toBeGreaterThan(2);
    let parroted = 0;
    for (let session = 0; session < 5; session++) {
      const call = { user: ada, session: `parrot-${session}` };
      for (let turn = 0; turn < 20; turn++) {
        const userText = questions[turn % questions.length] as string;
        const recall = await memory.searchMemory(userText, call);
        const own = [...recall.permanent, ...recall.org];
        if (own.length > 0) parroted++;
        const said = turn % 2 === 0 ? recall.contextText : `As I recall: ${own.map(({ text }) => text).join(" ")}`;
        await memory.saveResponse({ ...call, userText, assistantText: said });
        if (turn === 10) {
          await memory.close();
          memory = open();
        }
      }
      await memory.endSession(call);
    }
    expect(parroted).toBeGreaterThan(90);
    const after = await memory.memories(ada);
    expect(after.map(({ text }) => text).sort()).toEqual(before.map(({ text }) => text).sort());
    await memory.close();
  });

  it("still learns what the user states between the repetitions", async () => {
    const { open } = await furnished();
    const memory = open();
    const before = (await memory.memories(ada)).length;
    const call = { user: ada, session: "moved" };
    const { contextText } = await memory.searchMemory("Where do I live?", call);
    await memory.saveResponse({ ...call, userText: "Where do I live?", assistantText: contextText });
    await memory.saveResponse({ ...call, userText: "I moved to Tromsø last week.", assistantText: contextText });
    await memory.endSession(call);
    const after = await memory.memories(ada);
    expect(after.length).toBe(before + 1);
    expect(after.some(({ text }) => text.includes("Tromsø"))).toBe(true);
    await memory.close();
  });
});
