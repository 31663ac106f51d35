import { type TestMemory, testMemory } from "../../test/memory/test-memory.ts";

const ann = { id: "ann", name: "Ann" };
const nothing = { sessions: 0, turns: 0, memories: 0, profileVersions: 0, documents: 0 };

async function call(opened: TestMemory, session: string, exchanges: [string, string][], user = ann): Promise<void> {
  for (const [userText, assistantText] of exchanges) {
    opened.clock.advance(1_000);
    await opened.memory.saveResponse({ user, session, userText, assistantText });
  }
  await opened.memory.endSession({ user, session });
}

async function texts({ memory }: TestMemory, user = "ann"): Promise<string[]> {
  return (await memory.memories(user, { includeSuperseded: true })).map(({ text }) => text).sort();
}

describe("forgetting a session", () => {
  it("takes its memories and profile patches with it, and leaves what came from others", async () => {
    const opened = testMemory();
    const { memory } = opened;
    await call(opened, "s1", [["I like rowing.", "Good to know."]]);
    await call(opened, "s2", [["I play the cello.", "Lovely."]]);
    const came = (sessionId: string) => [{ sessionId, turnIds: [], at: 1 }];
    await memory.updateProfile(ann, { data: { name: "Ann" } });
    await memory.updateProfile(ann, { data: { sport: "rowing" }, provenance: came("s1") });
    await memory.updateProfile(ann, { data: { instrument: "cello" }, provenance: came("s2") });
    expect(await memory.forget({ session: "s1" })).toEqual({
      ...nothing,
      sessions: 1,
      turns: 2,
      memories: 1,
      profileVersions: 1,
    });
    expect(await texts(opened)).toEqual(["Ann: I play the cello."]);
    expect(await memory.profile(ann)).toMatchObject({ data: { name: "Ann", instrument: "cello" }, version: 3 });
    expect((await memory.profileHistory(ann)).map(({ data }) => data)).toEqual([
      { name: "Ann" },
      { name: "Ann", instrument: "cello" },
    ]);
    expect(await memory.forget({ session: "s1" })).toEqual(nothing);
  });

  it("keeps what was said elsewhere too, in the words used there", async () => {
    const opened = testMemory();
    await call(opened, "s1", [
      ["I moved to Berlin, in May!", "Noted."],
      ["I like rowing.", "Good."],
    ]);
    await call(opened, "s2", [
      ["I moved to Berlin in May.", "Noted."],
      ["I like rowing.", "Good."],
    ]);
    expect(await texts(opened)).toHaveLength(2);
    await opened.memory.forget({ session: "s1" });
    expect(await texts(opened)).toEqual(["Ann: I like rowing.", "Ann: I moved to Berlin in May."]);
    for (const { provenance } of await opened.memory.memories("ann"))
      expect(provenance.map(({ sessionId }) => sessionId)).toEqual(["s2"]);
    await opened.memory.forget({ session: "s2" });
    expect(await texts(opened)).toEqual([]);
  });

  it("lets hold again what its memories had superseded", async () => {
    const opened = testMemory();
    const { memory, clock } = opened;
    const oslo = await memory.remember(ann, "Ann lives in Oslo.");
    clock.advance(10);
    await memory.supersede(ann, oslo.id, {
      text: "Ann lives in Rome.",
      provenance: { sessionId: "s1", turnIds: ["t"], at: 1 },
    });
    await memory.recordTurn({ user: ann, session: "s1", role: "user", text: "I live in Rome now.", itemId: "t" });
    await memory.forget({ session: "s1" });
    expect(await memory.memories(ann)).toEqual([oslo]);
  });

  it("closes it for its holders, and what is said afterwards is a new session of the same user", async () => {
    const opened = testMemory();
    const { memory } = opened;
    const held = await memory.session({ id: "s1", user: ann });
    await memory.recordTurn({ user: ann, session: "s1", role: "user", text: "I like rowing." });
    await memory.forget({ session: "s1" });
    await expect(held.turns()).rejects.toThrow('The session "s1" is closed.');
    await held.close();
    await memory.recordTurn({ user: ann, session: "s1", role: "user", text: "I like sailing." });
    const again = await memory.session("s1");
    expect((await again.turns()).map(({ text }) => text)).toEqual(["I like sailing."]);
    expect(again.userId).toBe("ann");
  });

  it("reaches a second instance, which goes on for the same user", async () => {
    const one = testMemory();
    const other = testMemory({ storage: one.storage, clock: one.clock });
    const held = await other.memory.session({ id: "s1", user: ann });
    await other.memory.recordTurn({ user: ann, session: "s1", role: "user", text: "I like rowing." });
    await one.memory.forget({ user: ann });
    expect(await held.turns()).toEqual([]);
    expect(held.docCount).toBe(0);
    await other.memory.recordTurn({ user: ann, session: "s1", role: "user", text: "I like sailing." });
    await held.addDocs([{ id: "a", text: "a boat" }]);
    expect((await held.query("boat")).hits[0]?.id).toBe("a");
    expect(await one.memory.forget({ user: ann })).toMatchObject({ sessions: 1, turns: 1 });
    expect(await one.storage.list("test/")).toEqual([]);
  });
});

describe("forgetting a memory", () => {
  it("takes the turns that it was made from and the answer to them, so that it is not made anew", async () => {
    const opened = testMemory();
    const { memory } = opened;
    await call(opened, "s1", [
      ["I like rowing.", "Good to know."],
      ["I play the cello.", "Lovely."],
    ]);
    const rowing = (await memory.memories(ann)).find(({ text }) => text.includes("rowing"));
    expect(await memory.forget({ user: ann, memoryId: rowing?.id as string })).toEqual({
      ...nothing,
      memories: 1,
      turns: 2,
    });
    const session = await memory.session({ id: "s1", user: ann });
    expect((await session.turns()).map(({ text }) => text)).toEqual(["I play the cello.", "Lovely."]);
    await session.close();
    expect(await texts(opened)).toEqual(["Ann: I play the cello."]);
    expect(await memory.forget({ user: ann, memoryId: "nothing" })).toEqual(nothing);
  });

  it("takes other memories of the same turns, too", async () => {
    const opened = testMemory();
    const { memory } = opened;
    await call(opened, "s1", [["I like rowing.", "Good to know."]]);
    const [episode] = await memory.memories(ann);
    const fact = await memory.remember(ann, { text: "Ann rows.", provenance: episode?.provenance[0] as never });
    await memory.forget({ user: ann, memoryId: fact.id });
    expect(await texts(opened)).toEqual([]);
  });
});

describe("forgetting a user", () => {
  it("leaves nothing of them, and all of the others", async () => {
    const opened = testMemory();
    const { memory, storage } = opened;
    await call(opened, "s1", [["I like rowing.", "Good to know."]]);
    await memory.updateProfile(ann, { data: { name: "Ann" } });
    await call(opened, "s2", [["I play the cello.", "Lovely."]], { id: "bob", name: "Bob" });
    await memory.recordTurn({
      user: "bob",
      session: "s2",
      role: "user",
      text: "May I sing along?",
      speaker: ann,
      itemId: "a1",
    });
    await memory.recordTurn({ user: "bob", session: "s2", role: "assistant", text: "Sing, Ann.", itemId: "a2" });
    await memory.endSession({ user: "bob", session: "s2" });
    expect(await texts(opened)).toHaveLength(3);
    expect(await memory.forget({ user: "ann" })).toEqual({
      ...nothing,
      sessions: 1,
      turns: 4,
      memories: 3,
      profileVersions: 1,
    });
    expect(await storage.list("test/")).toEqual([
      "test/session/s2",
      "test/user/bob/permanent",
      "test/user/bob/sessions",
    ]);
    expect(await texts(opened, "bob")).toEqual(["Bob: I play the cello."]);
    expect((await (await memory.session("s2")).turns()).map(({ text }) => text)).toEqual([
      "I play the cello.",
      "Lovely.",
    ]);
    expect(await memory.memories("ann")).toEqual([]);
    expect(await memory.profile("ann")).toMatchObject({ data: {}, summary: "" });
  });
});

describe("forgetting documents", () => {
  it("takes them and their chunks out of an index", async () => {
    const { memory, indexes } = testMemory();
    const text = `${"The first part is about tea. ".repeat(8)}\n\n${"The second part is about rain. ".repeat(8)}`;
    await indexes.createIndex(
      "help",
      [
        { id: "a", text },
        { id: "b", text: "Short." },
      ],
      { chunking: { by: "sentence", maxChars: 200 } },
    );
    const { forgotten, left } = {
      forgotten: await memory.forget({ index: "help", documentIds: ["a"] }),
      left: await indexes.getDocs("help"),
    };
    expect(forgotten.documents).toBeGreaterThan(1);
    expect(left.map(({ text: each }) => each)).toEqual(["Short."]);
  });

  it("wants to know what", async () => {
    const { memory } = testMemory();
    await expect(memory.forget({} as never)).rejects.toThrow("what is not valid");
  });
});
