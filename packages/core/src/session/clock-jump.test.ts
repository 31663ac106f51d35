import { testMemory } from "../../test/memory/test-memory.ts";

const YEAR_MS = 365 * 24 * 3_600_000;

describe("a clock that was a year ahead and then right", () => {
  it("does not lock a session that was left for a year", async () => {
    const { memory, clock } = testMemory();
    clock.advance(YEAR_MS);
    await memory.recordTurn({ user: "ann", session: "left", role: "user", text: "My boat is called Neptune." });
    clock.advance(-YEAR_MS);
    const later = await memory.session({ id: "next", user: "ann" });
    expect((await memory.memories("ann", { includeSuperseded: true })).map(({ text }) => text).join()).toMatch(
      /Neptune/,
    );
    await later.close();
  });

  it("does not put what is said now before what was said", async () => {
    const { memory, clock } = testMemory();
    const say = (text: string) => memory.recordTurn({ user: "ann", session: "s", role: "user", text });
    for (const text of ["first", "second"]) await say(text);
    clock.advance(-YEAR_MS);
    for (const text of ["third", "fourth"]) await say(text);
    const session = await memory.session("s");
    expect((await session.turns()).map(({ text }) => text)).toEqual(["first", "second", "third", "fourth"]);
  });
});
