import { createSotto, memoryStorage } from "@sotto/core";
import { miniLM } from "../src/mini-lm.ts";

const ann = { id: "u-17", name: "Ann" };
/** None of them has a word of the questions but the name. */
const TOLD = [
  "Ann here, Rex swallowed a tennis ball and spent the night at the vet.",
  "Ann again: the mortgage is with the savings bank in Leeds.",
  "I paint watercolours when it rains.",
  "Ann speaking, my brother moved to Lisbon.",
];

describe("a user's memory with miniLM", () => {
  const embedder = miniLM();
  afterAll(() => embedder.dispose());

  it.each([
    ["Why was Ann's dog at the animal hospital?", 0],
    ["Who lends Ann the money for her house?", 1],
    ["What is Ann's hobby?", 2],
    ["In which country does Ann's sibling live now?", 3],
  ])("answers %j from what was said in other words, in the call and after it", async (question, n) => {
    await using sotto = createSotto({ storage: memoryStorage(), embedder });
    for (const [i, text] of TOLD.entries())
      await sotto.recordTurn({ user: ann, session: "first", role: "user", text, at: 1_000 * (i + 1) });
    await sotto.recordTurn({ user: ann, session: "first", role: "user", text: "One moment.", at: 9_000 });
    const best = (entries: readonly { text: string; score: number }[]) =>
      entries.toSorted((a, b) => b.score - a.score)[0]?.text;
    const during = await sotto.searchMemory(question, { user: ann, session: "first", minScore: 0, timeoutMs: 10_000 });
    expect(best(during.working)).toBe(TOLD[n]);
    await sotto.endSession({ user: ann, session: "first" });
    const after = await sotto.searchMemory(question, { user: ann, session: "next", minScore: 0, timeoutMs: 10_000 });
    expect(best(after.permanent)).toBe(TOLD[n]);
  });
});
