import { testMemory } from "../../test/memory/test-memory.ts";

const SECRET = "My passport number is P998877.";

describe("an index that a session pushed", () => {
  async function pushed(name?: string) {
    const { memory, indexes, storage } = testMemory();
    await indexes.createIndex("faq", [{ id: "hours", text: "The passport desk opens at nine." }]);
    const session = await memory.session({ id: "call", user: "alice" });
    await session.addDocs([{ id: "note", text: SECRET }]);
    const { indexName } = await session.pushIndex(name);
    await session.close();
    return { memory, indexes, storage, indexName };
  }

  it("is in nobody's org lane who does not name it", async () => {
    const { memory, indexName } = await pushed();
    const { org } = await memory.searchMemory("passport number", { user: "bob", minScore: 0, lanes: ["org"] });
    expect(org.map(({ text }) => text)).toEqual(["The passport desk opens at nine."]);
    expect(indexName).toBe("call");
  });

  it("is so by what it is, whatever its name, until somebody makes knowledge of it", async () => {
    const { memory, indexes } = await pushed("minutes");
    const search = async () =>
      (await memory.searchMemory("passport number", { user: "bob", lanes: ["org"], minScore: 0 })).org;
    expect((await search()).map(({ text }) => text)).not.toContain(SECRET);
    expect((await indexes.query("minutes", "passport number")).hits[0]?.text).toBe(SECRET);
    await indexes.createIndex("minutes", [{ id: "rule", text: "Passport rules for everybody." }]);
    expect((await search()).map(({ text }) => text)).toContain("Passport rules for everybody.");
  });

  it("loses what came from a user with them, and goes when nothing else is in it", async () => {
    const { memory, indexes } = await pushed();
    expect(await memory.forget({ user: "alice" })).toMatchObject({ documents: 1 });
    expect((await indexes.listIndexes()).map(({ name }) => name)).toEqual(["faq"]);
  });

  it("keeps what somebody wrote anew since, and what was there before", async () => {
    const { memory, indexes, storage } = await pushed("faq");
    await indexes.addDocs("faq", [{ id: "note", text: "A rule about passports." }]);
    await memory.forget({ user: "alice" });
    expect((await indexes.getDocs("faq")).map(({ text }) => text).sort()).toEqual([
      "A rule about passports.",
      "The passport desk opens at nine.",
    ]);
    const log = await storage.open("test/index/faq");
    const { base } = await log.head();
    const bytes = (await log.read({ after: base })).flatMap(({ records }) =>
      records.map(({ data }) => Buffer.from(data).toString("latin1")),
    );
    expect(bytes.join("\n")).not.toMatch(/P998877/);
  });
});
