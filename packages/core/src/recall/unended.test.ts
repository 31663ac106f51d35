import { type TestMemory, testMemory } from "../../test/memory/test-memory.ts";
import { nextTurn } from "../steps.ts";
import { memoryStorage } from "../storage/memory/memory-storage.ts";

const ann = { id: "ann", name: "Ann" };
const QUESTION = "What is my cat called?";

/** Two processes over one store; in the first one Ann is in a call, `dropped`, that does not end. */
async function callDropped(): Promise<{ first: TestMemory; second: TestMemory }> {
  const storage = memoryStorage();
  const first = testMemory({ storage });
  const said = { user: ann, session: "dropped" };
  await first.memory.recordTurn({ ...said, role: "user", text: "My cat is called Bertolt.", itemId: "u1", at: 1_000 });
  await first.memory.recordTurn({ ...said, role: "assistant", text: "A fine name.", itemId: "a1", at: 2_000 });
  return { first, second: testMemory({ storage, clock: first.clock }) };
}

/** What recall finds once the other session is open, which happens in the background. */
async function recalled(
  { memory }: TestMemory,
  options: { user?: typeof ann; session?: string; asOf?: number } = {},
): Promise<string[]> {
  const ask = async () => {
    const { permanent } = await memory.searchMemory(QUESTION, {
      user: ann,
      session: "next",
      timeoutMs: 10_000,
      ...options,
    });
    return permanent.map(({ text, speaker, sessionId }) => `${sessionId}/${speaker}: ${text}`);
  };
  await ask();
  for (let turn = 0; turn < 50; turn++) await nextTurn();
  return ask();
}

describe("a call that was dropped, or goes on elsewhere", () => {
  it("is found in the user's next one, before it has ended, as what they said", async () => {
    const { first, second } = await callDropped();
    expect((await recalled(second))[0]).toBe("dropped/Ann: My cat is called Bertolt.");
    expect((await recalled(first))[0]).toBe("dropped/Ann: My cat is called Bertolt.");
    const { permanent, contextText } = await second.memory.searchMemory(QUESTION, { user: ann, session: "next" });
    expect(permanent[0]).toMatchObject({ id: "u1", lane: "permanent", role: "user", at: 1_000 });
    expect(contextText).toContain("## permanent");
    expect(contextText).toContain("Ann");
  });

  it("is there for the first question when the next call began with its brief", async () => {
    const { second } = await callDropped();
    await second.memory.brief({ user: ann, session: "next" });
    for (let turn = 0; turn < 50; turn++) await nextTurn();
    const { permanent } = await second.memory.searchMemory(QUESTION, { user: ann, session: "next" });
    expect(permanent.map(({ text }) => text)).toContain("My cat is called Bertolt.");
  });

  it("is found while it goes on", async () => {
    const { first, second } = await callDropped();
    await recalled(second);
    const more = { user: ann, session: "dropped", role: "user" as const };
    await first.memory.recordTurn({ ...more, text: "My other cat is called Frieda.", at: 3_000 });
    expect((await recalled(second)).join()).toContain("Frieda");
  });

  it("is found once, in permanent memory, when it has ended", async () => {
    const { first, second } = await callDropped();
    await recalled(second);
    await first.memory.endSession({ user: ann, session: "dropped" });
    expect(await recalled(second)).toEqual([
      "dropped/Ann: My cat is called Bertolt.",
      "dropped/assistant: A fine name.",
    ]);
  });

  it("is nobody else's", async () => {
    const { second } = await callDropped();
    expect(await recalled(second, { user: { id: "bob", name: "Bob" } })).toEqual([]);
  });

  it("is not shown in itself, nor what was said in it by others", async () => {
    const { first } = await callDropped();
    const bob = { id: "bob", name: "Bob" };
    const said = { user: ann, session: "dropped" };
    await first.memory.recordTurn({ ...said, role: "user", text: "My cat is called Felix.", speaker: bob, at: 3_000 });
    await first.memory.recordTurn({ ...said, role: "assistant", text: "Felix, another cat.", at: 4_000 });
    expect(await recalled(first, { session: "dropped" })).toEqual([]);
    expect((await recalled(first)).join()).not.toContain("Felix");
    expect((await recalled(first, { user: bob })).join()).not.toContain("Bertolt");
  });

  it("was not said yet at an earlier time", async () => {
    const { second } = await callDropped();
    expect(await recalled(second, { asOf: 999 })).toEqual([]);
  });

  it("is not found any more when it was forgotten", async () => {
    const { first, second } = await callDropped();
    expect(await recalled(first)).not.toEqual([]);
    expect(await recalled(second)).not.toEqual([]);
    await first.memory.forget({ session: "dropped" });
    expect(await recalled(first)).toEqual([]);
    expect(await recalled(second)).toEqual([]);
  });

  it("makes a prefetch that did not see it be done again", async () => {
    const { second } = await callDropped();
    second.memory.prefetch(QUESTION, { user: ann, session: "next" });
    for (let turn = 0; turn < 50; turn++) await nextTurn();
    const { permanent } = await second.memory.searchMemory(QUESTION, { user: ann, session: "next" });
    expect(permanent.map(({ text }) => text)).toContain("My cat is called Bertolt.");
  });
});
