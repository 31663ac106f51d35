import { ManualClock, RecallFixture } from "../../../test/memory/recall-fixture.ts";

const scope = { user: { id: "ada", name: "Ada" }, session: "call" };
const never = new Promise<never>(() => {});

async function furnished(options: Parameters<typeof RecallFixture.open>[0] = {}): Promise<RecallFixture> {
  const fixture = await RecallFixture.open({ clock: new ManualClock(), ...options });
  for (let i = 0; i < 12; i++) await fixture.say(i % 2 ? "assistant" : "user", `This is utterance number ${i}.`);
  for (let i = 0; i < 6; i++)
    await fixture.remember(`m${i}`, `Fact number ${i} about Ada.`, { validFrom: Date.UTC(2025, 11, 1 + i) });
  await fixture.remember("past", "Ada lived in Bergen.", {
    validFrom: Date.UTC(2025, 11, 20),
    validTo: Date.UTC(2025, 11, 21),
  });
  fixture.profile = { data: { plan: "Pro" }, summary: "Ada, a customer since 2019.", version: 1, updatedAt: 0 };
  return fixture;
}

describe("the brief", () => {
  it("gives the profile, the last turns oldest first and the newest memories newest first", async () => {
    const fixture = await furnished();
    const brief = await fixture.recaller.brief({ ...scope, maxTurns: 3, maxMemories: 2 });
    expect(brief.turns.map(({ id }) => id)).toEqual(["t9", "t10", "t11"]);
    expect(brief.permanent.map(({ id }) => id)).toEqual(["m5", "m4"]);
    expect(brief.profile?.version).toBe(1);
    const body = brief.contextText.split("\n").slice(2, -1);
    expect(body).toEqual([
      "## profile",
      "- Ada, a customer since 2019.",
      "  plan: Pro",
      "## working",
      "- [2026-01-03 12:00 UTC, assistant] This is utterance number 9.",
      "- [2026-01-03 12:00 UTC, Ada] This is utterance number 10.",
      "- [2026-01-03 12:00 UTC, assistant] This is utterance number 11.",
      "## permanent",
      "- [2025-12-06, Ada] Fact number 5 about Ada.",
      "- [2025-12-05, Ada] Fact number 4 about Ada.",
    ]);
    expect(fixture.held).toBe(0);
  });

  it("keeps the newest turns when room is short", async () => {
    const { recaller } = await furnished();
    const { contextText } = await recaller.brief({ ...scope, maxMemories: 0, contextCharCap: 420 });
    expect(contextText.length).toBeLessThanOrEqual(420);
    expect(contextText).toContain("utterance number 11.");
    expect(contextText).not.toContain("utterance number 4.");
  });

  it("is there before anything was said", async () => {
    const { recaller } = await RecallFixture.open({ sources: { session: () => undefined } });
    expect(await recaller.brief(scope)).toEqual({ contextText: "", profile: null, turns: [], permanent: [] });
  });

  it("works without a session", async () => {
    const { recaller } = await furnished();
    const { turns, permanent } = await recaller.brief({ user: "ada" });
    expect([turns.length, permanent.length]).toEqual([0, 4]);
  });

  it("answers by its deadline without what hangs", async () => {
    const clock = new ManualClock();
    const { recaller, context } = await furnished({ clock, sources: { user: () => never } });
    const answer = recaller.brief({ ...scope, timeoutMs: 40 });
    clock.advance(40);
    const { turns, profile, permanent } = await answer;
    expect([turns.length, profile, permanent]).toEqual([8, null, []]);
    expect(context.stats.lateLanes).toBe(1);
    expect(clock.timers).toBe(0);
  });

  it("answers without what fails, and counts it", async () => {
    const { recaller, context, warnings } = await furnished({
      sources: {
        session: async () => {
          throw new Error("broken");
        },
      },
    });
    const { turns, permanent } = await recaller.brief(scope);
    expect([turns.length, permanent.length]).toEqual([0, 4]);
    expect(context.stats.failedRecalls).toBe(1);
    expect(warnings).toHaveLength(1);
  });

  it.each([
    [{ user: "" }],
    [{ ...scope, maxTurns: -1 }],
    [{ ...scope, maxMemories: 0.5 }],
    [{ ...scope, timeoutMs: 0 }],
    [{ ...scope, contextCharCap: 0 }],
  ])("rejects a malformed call: %p", async (options) => {
    const { recaller } = await furnished();
    await expect(recaller.brief(options)).rejects.toMatchObject({ code: "argument.invalid" });
  });
});
