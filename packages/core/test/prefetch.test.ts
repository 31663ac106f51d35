import { createSotto } from "../src/create-sotto.ts";
import { memoryStorage } from "../src/storage/memory/memory-storage.ts";

const call = { user: "ana", session: "call-1" };

describe("prefetch on the first turn of a call", () => {
  it("is used though nothing was written to the session yet", async () => {
    await using sotto = createSotto({ storage: memoryStorage() });
    await sotto.createIndex("help", [{ id: "a", text: "The red light means an outage." }]);
    sotto.prefetch("what does the red light mean", call);
    const early = await sotto.searchMemory("What does the red light mean?", call);
    expect(early.trace.prefetched).toMatchObject({ text: "what does the red light mean" });
    expect(early.org.map(({ id }) => id)).toEqual(["a"]);
  });

  it("is not used when something was said in between", async () => {
    await using sotto = createSotto({ storage: memoryStorage() });
    sotto.prefetch("what is my code", call);
    await sotto.recordTurn({ ...call, role: "user", text: "My code is 4471." });
    await sotto.recordTurn({ ...call, role: "assistant", text: "Noted." });
    const recall = await sotto.searchMemory("what is my code?", call);
    expect(recall.trace.prefetched).toBeUndefined();
    expect(recall.working.map(({ text }) => text)).toContain("My code is 4471.");
  });
});
