import { testMemory } from "../../test/memory/test-memory.ts";
import type { Consolidator } from "./consolidator.ts";

const ann = { id: "ann", name: "Ann" };

/** As earlier versions consolidated: an exchange is one memory. */
const episodes: Consolidator = {
  id: "episodes-v1",
  consolidate: async ({ turns }) => ({
    memories: [
      {
        kind: "episode",
        text: turns.map(({ role, text }) => `${role === "user" ? "Ann" : "Assistant"}: ${text}`).join("\n"),
        turnIds: turns.map(({ id }) => id),
      },
    ],
  }),
};

async function storeOfBefore() {
  const before = testMemory({ consolidator: episodes });
  for (const session of ["s1", "s2"]) {
    await before.memory.saveResponse({
      user: ann,
      session,
      userText: `I rowed to the island in ${session}.`,
      assistantText: `The island of ${session} has a lighthouse.`,
    });
    await before.memory.endSession({ user: ann, session });
  }
  expect((await before.memory.memories(ann)).map(({ kind }) => kind)).toEqual(["episode", "episode"]);
  return before;
}

describe("a store in which exchanges were remembered", () => {
  it("remembers their turns, where the sessions are still there, and each once", async () => {
    const before = await storeOfBefore();
    await before.memory.close();
    for (let time = 0; time < 2; time++) {
      const { memory } = testMemory({ storage: before.storage, clock: before.clock });
      await memory.session({ id: `new-${time}`, user: ann });
      expect((await memory.memories(ann)).map(({ text }) => text).sort()).toEqual([
        "Ann: I rowed to the island in s1.",
        "Ann: I rowed to the island in s2.",
        "Assistant: The island of s1 has a lighthouse.",
        "Assistant: The island of s2 has a lighthouse.",
      ]);
      await memory.close();
    }
  });

  it("keeps an exchange as it is, whose session is gone", async () => {
    const before = await storeOfBefore();
    await before.storage.delete("test/session/s1");
    await before.memory.close();
    const { memory } = testMemory({ storage: before.storage, clock: before.clock });
    await memory.session({ id: "new", user: ann });
    const kinds = (await memory.memories(ann)).map(({ kind }) => kind).sort();
    expect(kinds).toEqual(["episode", "turn", "turn"]);
    await memory.close();
  });

  it("is left alone by a consolidator of one's own", async () => {
    const before = await storeOfBefore();
    await before.memory.close();
    const { memory } = testMemory({ storage: before.storage, clock: before.clock, consolidator: episodes });
    await memory.session({ id: "new", user: ann });
    expect((await memory.memories(ann)).map(({ kind }) => kind)).toEqual(["episode", "episode"]);
    await memory.close();
  });
});
