import { testMemory } from "../../test/memory/test-memory.ts";
import { memoryStorage } from "../storage/memory/memory-storage.ts";

const ann = { id: "ann", name: "Ann" };

async function codeOf(promise: Promise<unknown>): Promise<string | undefined> {
  return promise.then(
    () => undefined,
    (error: { code?: string }) => error.code,
  );
}

describe("a session", () => {
  it("finds what was added to it and what was said in it", async () => {
    const { memory } = testMemory();
    const session = await memory.session("call-1");
    await session.addDocs([{ id: "order", text: "Order 4471 ships on Monday." }]);
    await memory.saveResponse({
      user: ann,
      session: "call-1",
      userText: "I moved to Bergen last week.",
      assistantText: "I will change the address.",
    });
    expect(session.docCount).toBe(3);
    expect((await session.query("when does order 4471 ship?")).hits[0]?.id).toBe("order");
    expect((await session.query("Bergen")).hits[0]?.text).toBe("Ann: I moved to Bergen last week.");
    await session.deleteDocs(["order"]);
    expect(session.docCount).toBe(2);
    expect(await session.getDocs({ ids: ["order"] })).toEqual([]);
  });

  it("is there with all of it for a second holder over the same store", async () => {
    const storage = memoryStorage();
    const first = testMemory({ storage });
    const second = testMemory({ storage });
    const held = await first.memory.session({ id: "call-1", user: ann });
    await held.addDocs([{ id: "a", text: "Gate 12" }]);
    await first.memory.recordTurn({ user: ann, session: "call-1", role: "user", text: "Which gate?", itemId: "t1" });
    const taken = await second.memory.session({ id: "call-1", user: ann });
    expect(await taken.getDocs({ ids: ["a"] })).toHaveLength(1);
    expect((await taken.turns()).map(({ id }) => id)).toEqual(["t1"]);
    await second.memory.recordTurn({ user: ann, session: "call-1", role: "assistant", text: "Gate 12.", itemId: "t2" });
    expect((await held.turns()).map(({ id }) => id)).toEqual(["t1", "t2"]);
  });

  it("belongs to one user", async () => {
    const { memory, context } = testMemory();
    await memory.session({ id: "call-1", user: "ann" });
    expect(await codeOf(memory.session({ id: "call-1", user: "bob" }))).toBe("session.identity_mismatch");
    expect(await memory.recordTurn({ user: "bob", session: "call-1", role: "user", text: "hi there" })).toBeNull();
    expect(context.stats.failedWrites).toBe(1);
    expect(await codeOf(memory.endSession({ user: "bob", session: "call-1" }))).toBe("session.identity_mismatch");
    expect((await memory.session("call-1")).userId).toBe("ann");
  });

  it("gives what it has loaded from an index only its own changes back", async () => {
    const { memory, indexes } = testMemory();
    await indexes.createIndex("menu", [
      { id: "soup", text: "Tomato soup, 6 euros" },
      { id: "cake", text: "Apple cake, 4 euros" },
      { id: "tea", text: "Green tea, 3 euros" },
    ]);
    const session = await memory.session("call-1");
    expect(await session.loadIndex("menu")).toEqual({ docCount: 3 });
    await session.addDocs([
      { id: "soup", text: "Tomato soup is sold out" },
      { id: "pie", text: "Plum pie, 5 euros" },
    ]);
    await indexes.addDocs("menu", [{ id: "cake", text: "Apple cake, now 5 euros" }]);
    await indexes.deleteDocs("menu", ["tea"]);
    expect((await session.pushIndex("menu")).docCount).toBe(2);
    const texts = (await indexes.getDocs("menu")).map(({ text }) => text).sort();
    expect(texts).toEqual(["Apple cake, now 5 euros", "Plum pie, 5 euros", "Tomato soup is sold out"]);
    await indexes.addDocs("menu", [{ id: "pie", text: "Plum pie, 6 euros" }]);
    expect((await session.pushIndex("menu")).docCount).toBe(0);
    expect((await indexes.getDocs("menu", { ids: ["pie"] }))[0]?.text).toBe("Plum pie, 6 euros");
  });

  it("never empties an index by pushing an empty session, and pushes no turns", async () => {
    const { memory, indexes } = testMemory();
    await indexes.createIndex("call-1", [{ id: "a", text: "one" }]);
    const session = await memory.session("call-1");
    await memory.recordTurn({ user: ann, session: "call-1", role: "user", text: "my secret plan" });
    expect(await session.pushIndex()).toMatchObject({ indexName: "call-1", docCount: 0 });
    expect((await indexes.getDocs("call-1")).map(({ id }) => id)).toEqual(["a"]);
  });

  it("does not let a document take the place of a turn", async () => {
    const { memory } = testMemory();
    const session = await memory.session("call-1");
    await memory.recordTurn({ user: ann, session: "call-1", role: "user", text: "I said this", itemId: "t1" });
    expect(await codeOf(session.addDocs([{ id: "t1", text: "no you did not" }]))).toBe("argument.invalid");
  });

  it("refuses calls once it is closed, while other holders go on", async () => {
    const { memory } = testMemory();
    const one = await memory.session("call-1");
    const other = await memory.session("call-1");
    await one.close();
    await one.close();
    expect(await codeOf(one.addDocs([{ id: "a", text: "a" }]))).toBe("sotto.closed");
    await other.addDocs([{ id: "a", text: "a" }]);
    expect(other.docCount).toBe(1);
  });

  it("resumes after it was ended, and is not ended then", async () => {
    const { memory } = testMemory();
    await memory.saveResponse({
      user: ann,
      session: "call-1",
      userText: "I like rowing.",
      assistantText: "Good to know.",
    });
    await memory.endSession({ user: ann, session: "call-1" });
    await memory.saveResponse({
      user: ann,
      session: "call-1",
      userText: "And I play the cello.",
      assistantText: "Lovely.",
    });
    expect((await memory.memories(ann)).map(({ text }) => text)).toHaveLength(1);
    await memory.endSession({ user: ann, session: "call-1" });
    expect((await memory.memories(ann)).map(({ text }) => text).sort()).toEqual([
      "Ann: And I play the cello.",
      "Ann: I like rowing.",
    ]);
  });

  it("says which session is not there", async () => {
    const { memory } = testMemory();
    await expect(memory.endSession({ user: ann, session: "never" })).rejects.toThrow('There is no session "never".');
  });
});
