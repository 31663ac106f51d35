import { RecallFixture } from "../../test/memory/recall-fixture.ts";

const scope = { user: { id: "ada", name: "Ada" }, session: "call" };

async function furnished(): Promise<RecallFixture> {
  const fixture = await RecallFixture.open();
  await fixture.say("user", "Hi, my parcel from last week has not arrived.");
  await fixture.say("assistant", "I am sorry. Which order number is it?");
  await fixture.say("user", "The order number is SKU-4471-B.");
  await fixture.say("assistant", "Thank you, I am looking it up.");
  await fixture.remember("m1", "Ada lives in Oslo with her dog Rex.");
  await fixture.remember("m2", "Ada prefers to be called in the morning.");
  await fixture.remember("m3", "Ada's old address was in Bergen.", {
    validTo: Date.UTC(2026, 0, 1),
    supersededBy: "m1",
  });
  await fixture.know("handbook", [
    {
      id: "refunds",
      text: "Refunds take 14 days and go to the card that was used.",
      metadata: { title: "Refunds", country: "no" },
    },
    {
      id: "returns",
      text: "A parcel can be returned within 30 days of its arrival.",
      metadata: { title: "Returns", country: "se" },
    },
  ]);
  await fixture.know("shipping", [
    {
      id: "late",
      text: "A parcel that has not arrived after ten days counts as lost.",
      metadata: { title: "Late parcels", country: "no" },
    },
  ]);
  fixture.profile = { data: { name: "Ada", plan: "Pro" }, summary: "name: Ada\nplan: Pro", version: 1, updatedAt: 0 };
  return fixture;
}

describe("searchMemory", () => {
  it("answers from all four lanes", async () => {
    const { recaller } = await furnished();
    const recall = await recaller.searchMemory("When will my parcel arrive?", scope);
    expect(recall.profile?.data).toEqual({ name: "Ada", plan: "Pro" });
    expect(recall.working[0]).toMatchObject({
      id: "t0",
      lane: "working",
      speaker: "Ada",
      role: "user",
      sessionId: "call",
    });
    expect(recall.org.map(({ id, index }) => [id, index])).toEqual(
      expect.arrayContaining([
        ["late", "shipping"],
        ["returns", "handbook"],
      ]),
    );
    expect(recall.trace).toMatchObject({
      query: "When will my parcel arrive?",
      degraded: false,
      timeoutMs: 250,
      lanes: { profile: { status: "ok", hits: 1 }, working: { status: "ok" }, org: { status: "ok" } },
    });
    expect(recall.trace.prefetched).toBeUndefined();
    expect(recall.contextText).toContain("## profile\n- name: Ada\n  plan: Pro\n## working\n");
    expect(recall.contextText).toContain("- [shipping: Late parcels] A parcel that has not arrived");
    expect(recall.sources.map(({ id }) => id)).toEqual(expect.arrayContaining(["ada", "t0", "late"]));
  });

  it("finds a fact of an earlier call, with where it comes from", async () => {
    const { recaller } = await furnished();
    const { permanent, contextText } = await recaller.searchMemory("where do I live, in Oslo?", scope);
    expect(permanent[0]).toMatchObject({
      id: "m1",
      lane: "permanent",
      speaker: "Ada",
      sessionId: "earlier",
      provenance: [{ sessionId: "earlier", speaker: "ada" }],
    });
    expect(contextText).toContain("- [2025-12-01, Ada] Ada lives in Oslo with her dog Rex.");
  });

  it("finds an identifier that was said in this call", async () => {
    const { recaller } = await furnished();
    const { working } = await recaller.searchMemory("what was it, SKU-4471-B?", scope);
    expect(working[0]?.id).toBe("t2");
  });

  it("leaves out the turn that is being answered, by its words or as the last one without an answer", async () => {
    const fixture = await furnished();
    const turn = await fixture.say("user", "So when will my parcel arrive?");
    for (const query of ["so when will my parcel arrive", "arrival time of the parcel"]) {
      const { working } = await fixture.recaller.searchMemory(query, scope);
      expect(working.length).toBeGreaterThan(0);
      expect(working.map(({ id }) => id)).not.toContain(turn.id);
    }
  });

  it("keeps the last turn of the user when it has an answer", async () => {
    const { recaller } = await furnished();
    const { working } = await recaller.searchMemory("what was my order number?", scope);
    expect(working.map(({ id }) => id)).toContain("t2");
  });

  it("gives the neighbours of the turn that is answered no credit for it", async () => {
    const fixture = await RecallFixture.open();
    await fixture.say("assistant", "Goodbye then.");
    await fixture.say("user", "Which colours does the kettle have?");
    const { working } = await fixture.recaller.searchMemory("Which colours does the kettle have?", scope);
    expect(working).toEqual([]);
  });

  it("leaves out turns that the model sees anyway", async () => {
    const { recaller } = await furnished();
    const byId = await recaller.searchMemory("my parcel and the order number", { ...scope, excludeTurnIds: ["t0"] });
    expect(byId.working.map(({ id }) => id)).not.toContain("t0");
    const last = await recaller.searchMemory("my parcel and the order number", { ...scope, excludeLastTurns: 3 });
    expect(last.working.map(({ id }) => id)).toEqual(["t0"]);
    const all = await recaller.searchMemory("my parcel and the order number", { ...scope, excludeLastTurns: 9 });
    expect(all.trace.lanes.working).toMatchObject({ status: "empty", hits: 0 });
  });

  it("credits a turn with what stands beside it", async () => {
    const fixture = await RecallFixture.open();
    for (let i = 0; i < 8; i++)
      await fixture.say(i % 2 ? "assistant" : "user", `Small talk about item ${i} on the list.`);
    await fixture.say("user", "Which kettle should I buy?");
    await fixture.say("assistant", "The Nordlys one.");
    const { working } = await fixture.recaller.searchMemory("kettle", scope);
    expect(working[0]?.id).toBe("t8");
    expect(working.map(({ id }) => id)).toContain("t9");
  });

  it("tells what was true then from what is true now", async () => {
    const { recaller } = await furnished();
    const now = await recaller.searchMemory("old address in Bergen", scope);
    expect(now.permanent.map(({ id }) => id)).not.toContain("m3");
    const then = await recaller.searchMemory("old address in Bergen", { ...scope, asOf: Date.UTC(2025, 11, 24) });
    expect(then.permanent[0]?.id).toBe("m3");
    const before = await recaller.searchMemory("old address in Bergen", { ...scope, asOf: 0 });
    expect(before.permanent).toEqual([]);
  });

  it("searches only the lanes that are asked for", async () => {
    const { recaller } = await furnished();
    const recall = await recaller.searchMemory("parcel", { ...scope, lanes: ["org"] });
    expect(recall).toMatchObject({ profile: null, working: [], permanent: [] });
    expect(recall.org.length).toBeGreaterThan(0);
    expect(recall.trace.lanes).toMatchObject({
      profile: { status: "skipped" },
      working: { status: "skipped" },
      permanent: { status: "skipped" },
      org: { status: "ok" },
    });
    expect(recall.trace.degraded).toBe(false);
  });

  it("skips the working lane outside a session", async () => {
    const { recaller } = await furnished();
    const recall = await recaller.searchMemory("parcel", { user: "ada" });
    expect(recall.trace.lanes.working.status).toBe("skipped");
    expect(recall.trace.degraded).toBe(false);
  });

  it("searches only the indexes that are named, and pools several under one top k", async () => {
    const { recaller } = await furnished();
    const one = await recaller.searchMemory("parcel", { ...scope, orgIndexes: ["shipping"] });
    expect(new Set(one.org.map(({ index }) => index))).toEqual(new Set(["shipping"]));
    const both = await recaller.searchMemory("is it lost after ten days?", { ...scope, topK: { org: 1 } });
    expect(both.org.map(({ id }) => id)).toEqual(["late"]);
  });

  it("filters the org lane alone", async () => {
    const { recaller } = await furnished();
    const { org, working } = await recaller.searchMemory("parcel", { ...scope, filter: { country: "se" } });
    expect(org.map(({ id }) => id)).toEqual(["returns"]);
    expect(working.length).toBeGreaterThan(0);
  });

  it("takes one top k for every lane, or one for each", async () => {
    const { recaller } = await furnished();
    const every = await recaller.searchMemory("parcel order Ada", { ...scope, topK: 1, minScore: 0 });
    expect([every.working.length, every.permanent.length, every.org.length]).toEqual([1, 1, 1]);
    const each = await recaller.searchMemory("parcel order Ada", { ...scope, topK: { working: 2 }, minScore: 0 });
    expect([each.working.length, each.permanent.length, each.org.length]).toEqual([2, 2, 3]);
  });

  it("searches for the intent too, at a lower weight", async () => {
    const fixture = await RecallFixture.open();
    await fixture.know("handbook", [
      { id: "a", text: "Bicycles are stored in the cellar." },
      { id: "b", text: "Bicycles are repaired on Mondays." },
      { id: "c", text: "Repairs of shoes happen on Fridays." },
    ]);
    const plain = await fixture.recaller.searchMemory("bicycles", { user: "ada" });
    const intended = await fixture.recaller.searchMemory("bicycles", { user: "ada", intent: "have them repaired" });
    expect(plain.org.map(({ id }) => id)).toContain("a");
    expect(intended.org[0]?.id).toBe("b");
    expect(intended.org.findIndex(({ id }) => id === "c")).not.toBe(0);
  });

  it("shows a text once when two lanes have it, in the lane that comes first, and fills the place", async () => {
    const fixture = await RecallFixture.open();
    await fixture.say("user", "My dog Rex is afraid of thunder.");
    await fixture.say("assistant", "I see.");
    await fixture.remember("same", "my dog Rex is afraid of thunder");
    await fixture.remember("other", "The dog Rex likes thunderous applause.");
    await fixture.know("handbook", [
      { id: "same", text: "My dog, Rex, is afraid of thunder!" },
      { id: "own", text: "A dog that is afraid of thunder needs calm." },
    ]);
    const recall = await fixture.recaller.searchMemory("dog Rex thunder", { ...scope, topK: 1 });
    expect(recall.working.map(({ id }) => id)).toEqual(["t0"]);
    expect(recall.permanent.map(({ id }) => id)).toEqual(["other"]);
    expect(recall.org.map(({ id }) => id)).toEqual(["own"]);
    expect(recall.contextText.match(/afraid of thunder[.!]?\n/gu)).toHaveLength(1);
  });

  it.each(["What is the boiling point of tungsten?", "sing me a song", "xyzzy plugh"])(
    "abstains when nothing fits: %s",
    async (query) => {
      const { recaller } = await furnished();
      const recall = await recaller.searchMemory(query, { ...scope, minScore: 0.3 });
      expect([...recall.working, ...recall.permanent, ...recall.org]).toEqual([]);
      expect(recall.trace.lanes.org.status).toBe("empty");
    },
  );

  it("gives byte for byte the same context for the same recall", async () => {
    const { recaller } = await furnished();
    const first = await recaller.searchMemory("parcel", scope);
    const second = await recaller.searchMemory("parcel", scope);
    expect(second.contextText).toBe(first.contextText);
    expect(second.trace.id).not.toBe(first.trace.id);
  });

  it("keeps the budgets it is given", async () => {
    const { recaller } = await furnished();
    const { contextText, sources } = await recaller.searchMemory("parcel", {
      ...scope,
      contextCharCap: 400,
      perLaneCharCap: 120,
    });
    expect(contextText.length).toBeLessThanOrEqual(400);
    expect(sources.length).toBeGreaterThan(0);
  });

  it("shows documents that were added to the session by hand", async () => {
    const fixture = await RecallFixture.open();
    await fixture.session.stored.append([
      {
        type: "put",
        document: { id: "note", text: "The caller has a red kettle.", metadata: { kind: "note" } },
        vector: undefined,
      },
    ]);
    const { working } = await fixture.recaller.searchMemory("red kettle", scope);
    expect(working).toEqual([
      {
        id: "note",
        lane: "working",
        text: "The caller has a red kettle.",
        score: expect.any(Number),
        sessionId: "call",
        metadata: { kind: "note" },
      },
    ]);
  });

  it("gives the user's memory back to the pool", async () => {
    const fixture = await furnished();
    await fixture.recaller.searchMemory("parcel", scope);
    expect(fixture.held).toBe(0);
  });

  it("tells the loop guard what it showed from outside of the session", async () => {
    const fixture = await furnished();
    await fixture.recaller.searchMemory("Oslo parcel refunds", { ...scope, minScore: 0.05 });
    const { guard } = fixture;
    expect(guard.isRecalled("call", "As I know, Ada lives in Oslo with her dog Rex.")).toBe(true);
    expect(guard.isRecalled("call", "The order number is SKU-4471-B.")).toBe(false);
  });
});

describe("a malformed call of searchMemory", () => {
  it.each([
    ["", scope, "query.invalid", "empty"],
    ["  \n", scope, "query.invalid", "empty"],
    [7 as never, scope, "query.invalid", "not 7"],
    ["hello", undefined as never, "argument.invalid", "undefined"],
    ["hello", { user: "" }, "argument.invalid", "user id"],
    ["hello", { user: { id: 3 as never } }, "argument.invalid", "user id"],
    ["hello", { ...scope, session: " " }, "argument.invalid", "session id"],
    ["hello", { ...scope, lanes: [] }, "argument.invalid", "profile, working, permanent, org"],
    ["hello", { ...scope, lanes: ["memory" as never] }, "argument.invalid", '"memory"'],
    ["hello", { ...scope, topK: 0 }, "argument.invalid", "topK"],
    ["hello", { ...scope, topK: 1.5 }, "argument.invalid", "1.5"],
    ["hello", { ...scope, topK: 1_001 }, "limit.exceeded", "topK = 1000"],
    ["hello", { ...scope, topK: { profile: 1 } as never }, "argument.invalid", '"profile"'],
    ["hello", { ...scope, topK: { org: -1 } }, "argument.invalid", "topK.org"],
    ["hello", { ...scope, timeoutMs: 0 }, "argument.invalid", "timeoutMs"],
    ["hello", { ...scope, timeoutMs: Number.NaN }, "argument.invalid", "NaN"],
    ["hello", { ...scope, minScore: 2 }, "argument.invalid", "minScore"],
    ["hello", { ...scope, intent: 1 as never }, "argument.invalid", "intent"],
    ["hello", { ...scope, asOf: Number.NaN }, "argument.invalid", "asOf"],
    ["hello", { ...scope, orgIndexes: "faq" as never }, "argument.invalid", "orgIndexes"],
    ["hello", { ...scope, excludeTurnIds: [1 as never] }, "argument.invalid", "excludeTurnIds"],
    ["hello", { ...scope, excludeLastTurns: -1 }, "argument.invalid", "excludeLastTurns"],
    ["hello", { ...scope, contextCharCap: 0 }, "argument.invalid", "contextCharCap"],
    ["hello", { ...scope, filter: { $near: 1 } as never }, "filter.invalid", "$near"],
  ])("%p with %p rejects with %s naming %p", async (query, options, code, named) => {
    const { recaller } = await RecallFixture.open();
    const error = await recaller.searchMemory(query, options).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code, message: expect.stringContaining(named) });
  });
});
