import { testMemory } from "../../test/memory/test-memory.ts";
import { sqliteStorage } from "../node.ts";
import { filesWith } from "../storage/node/test/files.ts";
import { removeTemporaryFolders, temporaryFolder } from "../storage/node/test/temporary-folder.ts";

const ann = { id: "ann", name: "Ann" };
const call = { user: ann, session: "s1" };

afterAll(removeTemporaryFolders);

describe("a turn that replaces another", () => {
  it("stands where the other stood, which is neither among the turns nor recalled nor remembered", async () => {
    const { memory, clock } = testMemory();
    const said = async (text: string, more: object = {}) => {
      clock.advance(1_000);
      return (await memory.recordTurn({ ...call, role: "user", text, ...more })) as string;
    };
    await said("I play the cello.");
    const wrong = await said("My cat is called Zyx.");
    await said("I like rowing.");
    await said("My cat is called Rex.", { replaces: wrong });
    const session = await memory.session("s1");
    expect((await session.turns()).map(({ text }) => text)).toEqual([
      "I play the cello.",
      "My cat is called Rex.",
      "I like rowing.",
    ]);
    await session.close({ end: false });
    await memory.endSession(call);
    const remembered = (await memory.memories(ann)).map(({ text }) => text).join("\n");
    expect(remembered).toContain("Rex");
    expect(remembered).not.toContain("Zyx");
    const { contextText } = await memory.searchMemory("What is my cat called?", { user: ann });
    expect(contextText).not.toContain("Zyx");
  });

  it("may have the id of the one that it replaces", async () => {
    const { memory } = testMemory();
    await memory.recordTurn({ ...call, role: "user", text: "I live in Oslo.", itemId: "m1" });
    await memory.recordTurn({ ...call, role: "user", text: "I live in Rome.", itemId: "m1", replaces: "m1" });
    const session = await memory.session("s1");
    expect(await session.turns()).toMatchObject([{ id: "m1", text: "I live in Rome." }]);
  });

  it("takes the other out of permanent memory when that has it already", async () => {
    const { memory } = testMemory();
    await memory.saveResponse({
      ...call,
      turnId: "x",
      userText: "I live in Oslo.",
      assistantText: "The tram to the harbour runs every ten minutes.",
    });
    await memory.endSession(call);
    await memory.recordTurn({ ...call, role: "user", text: "I live in Rome.", replaces: "x/user" });
    await memory.endSession(call);
    const remembered = (await memory.memories(ann)).map(({ text }) => text).join("\n");
    expect(remembered).not.toContain("Oslo");
    expect(remembered).toContain("Rome");
  });

  it("takes both halves of an exchange by the id that saveResponse answered", async () => {
    const { memory } = testMemory();
    const id = await memory.saveResponse({ ...call, userText: "Where is my parcel?", assistantText: "In Oslo." });
    await memory.saveResponse({
      ...call,
      userText: "Where is my letter?",
      assistantText: "In Rome.",
      replaces: id as string,
    });
    const session = await memory.session("s1");
    expect((await session.turns()).map(({ text }) => text)).toEqual(["Where is my letter?", "In Rome."]);
  });

  it("does nothing to ids that the session does not hold", async () => {
    const { memory } = testMemory();
    await memory.recordTurn({ ...call, role: "user", text: "I live in Oslo.", itemId: "m1" });
    await memory.recordTurn({ ...call, role: "user", text: "I row.", replaces: ["none", "neither"] });
    expect(await (await memory.session("s1")).turns()).toHaveLength(2);
  });

  it("leaves none of the other's words on disk", async () => {
    const directory = temporaryFolder();
    const { memory, storage } = testMemory({ storage: sqliteStorage({ directory }) });
    await memory.recordTurn({ ...call, role: "user", text: "My word is zyxomelic.", itemId: "m1" });
    expect(filesWith(directory, "zyxomelic").length).toBeGreaterThan(0);
    await memory.recordTurn({ ...call, role: "user", text: "My word is plain.", replaces: "m1" });
    expect(filesWith(directory, "zyxomelic")).toEqual([]);
    await memory.close();
    await storage.close();
  });
});

describe("forgetting a turn", () => {
  it("takes it and its memory, and nothing else of the session", async () => {
    const { memory } = testMemory();
    await memory.recordTurn({ ...call, role: "user", text: "I live in Oslo.", itemId: "m1" });
    await memory.recordTurn({ ...call, role: "user", text: "I play the cello.", itemId: "m2" });
    await memory.endSession(call);
    expect(await memory.forget({ session: "s1", turnId: "m1" })).toMatchObject({ turns: 1, sessions: 0 });
    const remembered = (await memory.memories(ann)).map(({ text }) => text).join("\n");
    expect(remembered).not.toContain("Oslo");
    expect(remembered).toContain("cello");
    expect(await memory.forget({ session: "s1", turnId: "m1" })).toMatchObject({ turns: 0, memories: 0 });
  });

  it("is an error where the turn is named but undefined, so that it cannot mean the whole session", async () => {
    const { memory } = testMemory();
    await expect(memory.forget({ session: "s1", turnId: undefined } as never)).rejects.toThrow("turnId");
  });
});
