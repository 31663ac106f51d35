import { factConsolidator, turnMemory } from "../../adapter/index.ts";
import { conversation } from "../consolidator/conversation.ts";
import { assertEqual, assertTrue } from "../storage/assertions.ts";
import type { AdapterCase, TestedAdapter } from "./adapter-fixture.ts";
import { kept, onStage } from "./stage.ts";

const ann = { user: "ann", session: "s1" };
const later = { user: "ann", session: "s2" };

/** What is said is recalled, here and elsewhere. */
export const memoryCases: readonly AdapterCase[] = [
  {
    name: "records",
    title: "records both sides as they were said, each once, in order",
    run: (create) =>
      onStage(create, async ({ say, said, adapter }) => {
        await say({ ...ann, text: "My order number is 4471.", answer: "Thank you." });
        await adapter.flush();
        await say({
          ...ann,
          history: kept(["m1", "user", "My order number is 4471."], ["a2", "assistant", "Thank you."]),
          text: "When does it arrive?",
          answer: "On Monday.",
        });
        await adapter.flush();
        const expected = ["user: My order number is 4471.", "assistant: Thank you."];
        expected.push("user: When does it arrive?", "assistant: On Monday.");
        assertEqual(await said("ann", "s1"), expected, "the session's turns");
      }),
  },
  {
    name: "recalls",
    title: "shows the model what the documents and earlier conversations say, and nothing of other users",
    run: (create) =>
      onStage(create, async ({ say, sotto }) => {
        await sotto.createIndex("help", [{ id: "returns", text: "A router can be returned within 30 days." }]);
        await sotto.remember("ann", "Ann owns a router of the make Volta.");
        await sotto.remember("ben", "Ben owns a router of the make Ampere.");
        const shown = await say({ ...ann, text: "Which router do I own, and how long can I return it?" });
        assertTrue(shown.includes("within 30 days"), "the document is shown");
        assertTrue(shown.includes("Volta"), "the user's memory is shown");
        assertTrue(!shown.includes("Ampere"), "another user's memory is not");
      }),
  },
  {
    name: "recalled-elsewhere",
    title: "records what another adapter recalls",
    run: (create) =>
      onStage(create, async ({ say, sotto, adapter }) => {
        await say({ ...ann, text: "The name of my cat is Tom.", answer: "What a fine name." });
        await adapter.flush();
        await sotto.endSession(ann);
        const other = turnMemory(sotto);
        const { block } = await other.recall({ id: "q", scope: later, text: "What is the name of my cat?" });
        assertTrue(block.includes("Tom"), "the other adapter recalls it");
      }),
  },
  {
    name: "recalls-others",
    title: "recalls what another adapter recorded",
    run: (create) =>
      onStage(create, async ({ say, sotto }) => {
        const other = turnMemory(sotto);
        await other.record(ann, { role: "user", text: "The name of my cat is Tom.", itemId: "q" });
        await other.record(ann, { role: "assistant", text: "What a fine name.", itemId: "a" });
        await other.flush();
        await sotto.endSession(ann);
        assertTrue((await say({ ...later, text: "What is the name of my cat?" })).includes("Tom"), "it is recalled");
      }),
  },
  {
    name: "facts",
    title: "makes of a transcript the facts that every adapter makes",
    run: (create) =>
      onStage(create, async ({ adapter }) => {
        const input = conversation();
        const spoken = input.turns.findIndex(({ role }) => role === "user") + 1;
        const answered = input.turns.findIndex(({ role }) => role === "assistant") + 1;
        const answer = {
          facts: [
            { text: "A fact of the user's.", turns: [spoken], supersedes: ["k1", "k99"] },
            { text: "Only the assistant said so.", turns: [answered], supersedes: [] },
            { text: "Nobody said so.", turns: [999], supersedes: [] },
          ],
          profile: [
            { key: "city", value: "Porto" },
            { key: "__proto__", value: "x" },
          ],
        };
        const expected = await factConsolidator({ ask: async () => answer }).consolidate(input);
        assertEqual(expected.memories.filter(({ kind }) => kind === "fact").length, 1, "facts that hold");
        const made = consolidatorOf(adapter, answer);
        assertEqual(await made.consolidate(input), expected, "facts, ids and profile");
      }),
  },
  {
    name: "long-message",
    title: "has memory for a message longer than a query may be, wherever in it the question stands",
    run: (create) =>
      onStage(create, async ({ say, sotto }) => {
        await sotto.createIndex("help", [{ id: "returns", text: "A router can be returned within 30 days." }]);
        const pasted = "lorem ipsum dolor ".repeat(700);
        const first = await say({ ...ann, text: `How long can I return a router? ${pasted}` });
        assertTrue(first.includes("within 30 days"), "a question before what was pasted is answered");
        const last = await say({ ...later, text: `${pasted} How long can I return a router?` });
        assertTrue(last.includes("within 30 days"), "a question behind it is, too");
      }),
  },
];

function consolidatorOf(adapter: TestedAdapter, answer: unknown) {
  if (adapter.consolidator === undefined)
    throw new Error("the adapter has no consolidator: skip this case, with a reason");
  return adapter.consolidator(answer, {});
}
