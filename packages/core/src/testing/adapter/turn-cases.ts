import { assertEqual, assertTrue } from "../storage/assertions.ts";
import type { AdapterCase } from "./adapter-fixture.ts";
import { kept, onStage, type Stage } from "./stage.ts";

const ann = { user: "ann", session: "s1" };
const before = kept(["m1", "user", "Good morning, I am Ann."], ["a1", "assistant", "Good morning, Ann."]);

/** What a turn is, and what becomes of one that was replaced. */
export const turnCases: readonly AdapterCase[] = [
  {
    name: "same-words",
    title: "takes the same words for a new turn when they are said again: recalled anew, recorded anew",
    run: (create) =>
      onStage(create, async ({ say, sotto, said, adapter }) => {
        const text = "Which router do I own?";
        await say({ ...ann, text, answer: "I do not know." });
        await adapter.flush();
        await sotto.remember("ann", "Ann owns a router of the make Volta.");
        const history = kept(["m1", "user", text], ["a2", "assistant", "I do not know."]);
        const shown = await say({ ...ann, history, text, answer: "A Volta." });
        await adapter.flush();
        assertTrue(shown.includes("of the make Volta"), "what is known by then is recalled");
        const expected = [`user: ${text}`, "assistant: I do not know.", `user: ${text}`, "assistant: A Volta."];
        assertEqual(await said("ann", "s1"), expected, "the session's turns");
      }),
  },
  {
    name: "edited",
    title: "forgets a message, and its answer, that was edited",
    run: (create) =>
      onStage(create, async (stage) => {
        await begin(stage, { text: "My budget for the laptop is 500 euros.", answer: "I noted 500 euros." });
        await stage.say({
          ...ann,
          history: before,
          id: "m2",
          text: "My budget for the laptop is 900 euros.",
          answer: "I noted 900 euros.",
          answerId: "a3",
        });
        await gone(stage, "budget for the laptop", /500/u, /900/u);
      }),
  },
  {
    name: "regenerated",
    title: "forgets an answer that was generated again",
    run: (create) =>
      onStage(create, async (stage) => {
        const text = "When does my parcel arrive?";
        await begin(stage, { text, answer: "Your parcel arrives on Monday." });
        await stage.say({
          ...ann,
          history: before,
          id: "m2",
          text,
          answer: "Your parcel arrives on Friday.",
          answerId: "a3",
        });
        await gone(stage, "day the parcel arrives", /Monday/u, /Friday/u);
        assertEqual(
          (await stage.said("ann", "s1")).filter((line) => line.includes(text)).length,
          1,
          "times it is asked",
        );
      }),
  },
  {
    name: "undone",
    title: "forgets what was undone, once the conversation goes on from before it",
    run: (create) =>
      onStage(create, async (stage) => {
        await begin(stage, { text: "My budget for the laptop is 500 euros.", answer: "I noted 500 euros." });
        await stage.say({
          ...ann,
          history: before,
          id: "m9",
          text: "The laptop should be blue.",
          answer: "I noted blue.",
          answerId: "a9",
        });
        await gone(stage, "budget, colour of the laptop", /500/u, /blue/u);
      }),
  },
];

/** A conversation whose second exchange is replaced later. */
async function begin({ say, adapter }: Stage, second: { text: string; answer: string }): Promise<void> {
  await say({ ...ann, id: "m1", text: "Good morning, I am Ann.", answerId: "a1", answer: "Good morning, Ann." });
  await adapter.flush();
  await say({ ...ann, history: before, id: "m2", answerId: "a2", ...second });
  await adapter.flush();
}

async function gone(stage: Stage, about: string, replaced: RegExp, instead: RegExp): Promise<void> {
  const { sotto, adapter, said } = stage;
  await adapter.flush();
  const turns = (await said("ann", "s1")).join("\n");
  assertTrue(!replaced.test(turns), `what was replaced is no turn of the session:\n${turns}`);
  assertTrue(instead.test(turns), `what it was replaced by is:\n${turns}`);
  const here = await sotto.searchMemory(about, ann);
  assertTrue(!replaced.test(here.contextText), "it is not recalled in its session");
  await sotto.endSession(ann);
  const later = await sotto.searchMemory(about, { user: "ann", session: "s2" });
  assertTrue(!replaced.test(later.contextText), "nor in the next one");
  assertTrue(instead.test(later.contextText), "what it was replaced by is");
}
