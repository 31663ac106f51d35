import { testMemory } from "../../test/memory/test-memory.ts";

const ann = { id: "ann", name: "Ann" };

describe("export", () => {
  it("gives everything that is stored about a user as JSON lines, and nothing of anyone else", async () => {
    const { memory } = testMemory();
    await memory.updateProfile(ann, { data: { name: "Ann" } });
    const old = await memory.remember(ann, "Ann lives in Oslo.");
    await memory.supersede(ann, old.id, "Ann lives in Rome.");
    const session = await memory.session({ id: "s1", user: ann });
    await session.addDocs([{ id: "order", text: "Order 4471" }]);
    await memory.saveResponse({
      user: ann,
      session: "s1",
      turnId: "x",
      userText: "I like rowing.",
      assistantText: "Good to know.",
    });
    await session.close();
    await memory.recordTurn({ user: "bob", session: "s2", role: "user", text: "Bob's secret", itemId: "b" });
    await memory.recordTurn({
      user: "bob",
      session: "s2",
      role: "user",
      text: "Ann's word",
      itemId: "a",
      speaker: ann,
    });
    const lines: { type: string; [field: string]: unknown }[] = [];
    for await (const line of memory.export({ user: "ann" })) {
      expect(line).not.toContain("\n");
      lines.push(JSON.parse(line));
    }
    expect(lines.filter(({ type }) => type === "profile")).toMatchObject([
      { userId: "ann", data: { name: "Ann" }, version: 1 },
    ]);
    expect(
      lines
        .filter(({ type }) => type === "memory")
        .map(({ text }) => text)
        .sort(),
    ).toEqual(["Ann lives in Oslo.", "Ann lives in Rome.", "Ann: I like rowing."]);
    expect(lines.filter(({ type }) => type === "session")).toMatchObject([
      { sessionId: "s1", role: "owner", ended: true },
      { sessionId: "s2", role: "speaker" },
    ]);
    expect(lines.filter(({ type }) => type === "turn").map(({ id }) => id)).toEqual(["x/user", "x/assistant", "a"]);
    expect(lines.filter(({ type }) => type === "document")).toMatchObject([
      { sessionId: "s1", id: "order", text: "Order 4471" },
    ]);
    expect(JSON.stringify(lines)).not.toContain("Bob's secret");
  });
});
