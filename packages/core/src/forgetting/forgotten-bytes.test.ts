import { type TestMemory, testMemory } from "../../test/memory/test-memory.ts";
import { StoredIndex } from "../engine/log/stored-index.ts";
import { SessionState } from "../session/session-state.ts";
import { sqliteStorage } from "../storage/node/sqlite-storage.ts";
import { filesWith } from "../storage/node/test/files.ts";
import { removeTemporaryFolders, temporaryFolder } from "../storage/node/test/temporary-folder.ts";

const ann = { id: "ann", name: "Ann" };
/** Words that stand nowhere else. */
const secrets = ["zyxomelic", "quorbinate", "frumiolash", "vextrolope"];

afterAll(removeTemporaryFolders);

/** A call of Ann's whose every part holds a secret word, and one of Bob's, in a store that has snapshots of all of it. */
async function store(): Promise<{ directory: string; one: TestMemory; other: TestMemory; close(): Promise<void> }> {
  const directory = temporaryFolder();
  const one = testMemory({ storage: sqliteStorage({ directory }) });
  const other = testMemory({ storage: sqliteStorage({ directory }), clock: one.clock });
  const { memory } = one;
  const session = await memory.session({ id: "s1", user: ann });
  await session.addDocs([
    { id: "d", text: "The vextrolope order", metadata: { note: "vextrolope" }, payload: "vextrolope" },
  ]);
  await memory.saveResponse({
    user: ann,
    session: "s1",
    turnId: "x",
    userText: "My zyxomelic code",
    assistantText: "Your quorbinate answer",
    toolCalls: [{ name: "f", result: "frumiolash" }],
  });
  await memory.saveResponse({
    user: ann,
    session: "s1",
    turnId: "y",
    userText: "I also like the sea.",
    assistantText: "So do I.",
  });
  await memory.updateProfile(ann, {
    data: { code: "zyxomelic" },
    provenance: [{ sessionId: "s1", turnIds: ["x/user"], at: 1 }],
  });
  await session.close();
  await memory.saveResponse({ user: "bob", session: "s2", userText: "I like the hills.", assistantText: "Nice." });
  await memory.endSession({ user: "bob", session: "s2" });
  await writeSnapshots(one);
  // Loaded in a second instance, too.
  await other.memory.session("s1");
  await other.memory.memories("ann");
  const close = async (): Promise<void> => {
    for (const { memory: each, storage } of [one, other]) {
      await each.close();
      await storage.close();
    }
  };
  return { directory, one, other, close };
}

/** Twice, so that there is an older one, too. */
async function writeSnapshots({ context, storage, clock }: TestMemory): Promise<void> {
  for (const key of ["test/session/s1", "test/user/ann/permanent"]) {
    const { arenas, logger } = context;
    const stored = await StoredIndex.open({
      log: await storage.open(key),
      arena: () => arenas.shared(),
      fold: new SessionState(),
      logger,
      clock,
    });
    await stored.writeSnapshot();
    await stored.append([{ type: "delete", id: "none" }]);
    await stored.writeSnapshot();
    await stored.close();
  }
}

function found(directory: string): string[] {
  return secrets.filter((secret) => filesWith(directory, secret).length > 0);
}

async function heldBy({ memory }: TestMemory): Promise<string> {
  const session = await memory.session("s1");
  return JSON.stringify([
    await session.turns(),
    await session.getDocs(),
    await memory.memories("ann", { includeSuperseded: true }),
    await memory.profile("ann"),
    await memory.profileHistory("ann"),
  ]);
}

describe("what was forgotten is in no file of a SQLite store and in no loaded index:", () => {
  it("a user", async () => {
    const { directory, one, other, close } = await store();
    expect(found(directory)).toEqual(secrets);
    await one.memory.forget({ user: "ann" });
    expect(found(directory)).toEqual([]);
    for (const each of [one, other]) {
      const held = await heldBy(each);
      expect(secrets.filter((secret) => held.includes(secret))).toEqual([]);
    }
    expect((await other.memory.memories("bob")).map(({ text }) => text)).toEqual(["User: I like the hills."]);
    await close();
    expect(found(directory)).toEqual([]);
  });

  it("a session", async () => {
    const { directory, one, other, close } = await store();
    await one.memory.forget({ session: "s1" });
    expect(found(directory)).toEqual([]);
    for (const each of [one, other]) {
      const held = await heldBy(each);
      expect(secrets.filter((secret) => held.includes(secret))).toEqual([]);
    }
    await close();
    expect(found(directory)).toEqual([]);
  });

  it("a memory, with its turns", async () => {
    const { directory, one, other, close } = await store();
    const memory = (await one.memory.memories("ann")).find(({ text }) => text.includes("zyxomelic"));
    await one.memory.forget({ user: "ann", memoryId: memory?.id as string });
    expect(found(directory)).toEqual(["vextrolope"]);
    for (const each of [one, other]) {
      const held = await heldBy(each);
      expect(secrets.filter((secret) => held.includes(secret))).toEqual(["vextrolope"]);
      expect(held).toContain("I also like the sea.");
    }
    await close();
    expect(found(directory)).toEqual(["vextrolope"]);
  });

  it("documents of an index", async () => {
    const directory = temporaryFolder();
    const { memory, indexes, storage } = testMemory({ storage: sqliteStorage({ directory }) });
    await indexes.createIndex("help", [
      { id: "a", text: "a zyxomelic text" },
      { id: "b", text: "a plain text" },
    ]);
    await indexes.addDocs("help", [{ id: "a", text: "a quorbinate text" }]);
    await memory.forget({ index: "help", documentIds: ["a"] });
    expect(found(directory)).toEqual([]);
    expect((await indexes.getDocs("help")).map(({ id }) => id)).toEqual(["b"]);
    await storage.close();
    expect(found(directory)).toEqual([]);
  });
});
