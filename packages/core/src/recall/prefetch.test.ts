import { staticEmbedder } from "@sotto/embed-static";
import { ManualClock, RecallFixture } from "../../test/memory/recall-fixture.ts";
import type { Embedder } from "../engine/embedding/embedder.ts";
import type { Recall, RecallOptions } from "./recall-types.ts";

const scope = { user: { id: "ada", name: "Ada" }, session: "call" };

async function furnished(clock = new ManualClock(), embedder?: Embedder): Promise<RecallFixture> {
  const fixture = await RecallFixture.open({ clock, ...(embedder && { embedder }) });
  await fixture.say("user", "My parcel has not arrived.");
  await fixture.say("assistant", "I am sorry about your parcel.");
  await fixture.remember("m1", "Ada waits for a parcel from Bergen.");
  await fixture.know("handbook", [{ id: "late", text: "A parcel is late after ten days." }]);
  fixture.profile = { data: { plan: "Pro" }, summary: "plan: Pro", version: 1, updatedAt: 0 };
  return fixture;
}

/** The same recall by another Recaller over the same memory, which has prefetched nothing. */
async function fresh(fixture: RecallFixture, query: string, options: RecallOptions = scope): Promise<Recall> {
  const { Recaller } = await import("./recaller.ts");
  return new Recaller(fixture.context, fixture.sources, fixture.guard).searchMemory(query, options);
}

describe("prefetch", () => {
  it.each(["where is my parcel", "Where is my parcel?", "  where is my  parcel … ", "WHERE IS MY PARCEL"])(
    "answers a final text that says the same: %p",
    async (final) => {
      const fixture = await furnished();
      fixture.recaller.prefetch("where is my parcel", scope);
      const recall = await fixture.recaller.searchMemory(final, scope);
      expect(recall.trace).toMatchObject({
        query: final,
        prefetched: { text: "where is my parcel", startedAt: fixture.context.clock.now() },
      });
      const again = await fresh(fixture, final);
      expect(again.trace.prefetched).toBeUndefined();
      expect(recall.contextText).toBe(again.contextText);
      expect({ ...recall, trace: 0 }).toEqual({ ...again, trace: 0 });
    },
  );

  it.each([
    "where is my parcel now",
    "where is my",
    "where is the parcel",
    "parcel my is where",
    "where is my C++ parcel",
  ])("does not answer a final text that says something else: %p", async (final) => {
    const fixture = await furnished();
    fixture.recaller.prefetch("where is my parcel", scope);
    const recall = await fixture.recaller.searchMemory(final, scope);
    expect(recall.trace.prefetched).toBeUndefined();
    expect(recall.contextText).toBe((await fresh(fixture, final)).contextText);
  });

  it("does not take a word that is cut off for the word", async () => {
    const { recaller } = await furnished();
    recaller.prefetch("where is my par-", scope);
    expect((await recaller.searchMemory("where is my parcel", scope)).trace.prefetched).toBeUndefined();
  });

  it("tells apart what differs by its signs alone", async () => {
    const { recaller } = await furnished();
    recaller.prefetch("a course on C", scope);
    expect((await recaller.searchMemory("a course on C++", scope)).trace.prefetched).toBeUndefined();
  });

  it("uses the newest partial text", async () => {
    const { recaller } = await furnished();
    for (const partial of ["where", "where is", "where is my parcel"]) recaller.prefetch(partial, scope);
    expect((await recaller.searchMemory("Where is my parcel?", scope)).trace.prefetched?.text).toBe(
      "where is my parcel",
    );
  });

  it("answers more than once, as at every step of a tool loop", async () => {
    const { recaller } = await furnished();
    recaller.prefetch("where is my parcel", scope);
    const first = await recaller.searchMemory("Where is my parcel?", scope);
    const second = await recaller.searchMemory("Where is my parcel?", scope);
    expect(second.trace.prefetched).toBeDefined();
    expect(second.contextText).toBe(first.contextText);
  });

  it.each<[string, Partial<RecallOptions>]>([
    ["user", { user: "ben" }],
    ["session", { session: "other" }],
    ["lanes", { lanes: ["org"] }],
    ["top k", { topK: 1 }],
    ["filter", { filter: { a: 1 } }],
    ["intent", { intent: "find it" }],
    ["excluded turns", { excludeLastTurns: 1 }],
    ["budget", { contextCharCap: 500 }],
  ])("keeps recalls of another %s apart", async (_, other) => {
    const { recaller } = await furnished();
    recaller.prefetch("where is my parcel", scope);
    const recall = await recaller.searchMemory("where is my parcel", { ...scope, ...other });
    expect(recall.trace.prefetched).toBeUndefined();
    expect(
      (await recaller.searchMemory("where is my parcel", { ...scope, timeoutMs: 10 })).trace.prefetched,
    ).toBeDefined();
  });

  it.each<[string, (fixture: RecallFixture) => Promise<unknown>]>([
    ["a turn was recorded", (fixture) => fixture.say("user", "The parcel is for my dog.")],
    [
      "a turn was recorded that is not on disk yet",
      async ({ session }) =>
        session.stored.append(
          [{ type: "put", document: { id: "x", text: "Ada: the parcel is red" }, vector: undefined }],
          { durability: "queued" },
        ),
    ],
    ["something was remembered", (fixture) => fixture.remember("m2", "Ada's parcel holds a kettle.")],
    [
      "a document was added",
      ({ context }) =>
        import("../engine/catalog/write-documents.ts").then(({ addDocs }) =>
          addDocs(context.catalog, "handbook", [{ id: "new", text: "A parcel can be tracked." }]),
        ),
    ],
    ["an index was added", (fixture) => fixture.know("shipping", [{ id: "new", text: "A parcel can be tracked." }])],
    [
      "the profile changed",
      async (fixture) =>
        (fixture.profile = { data: { plan: "Free" }, summary: "plan: Free", version: 2, updatedAt: 0 }),
    ],
    ["the user's memory was opened anew", async (fixture) => fixture.permanent.close()],
  ])("is not used once %s", async (_, change) => {
    const fixture = await furnished();
    fixture.recaller.prefetch("where is my parcel", scope);
    await change(fixture);
    const recall = await fixture.recaller.searchMemory("where is my parcel", scope);
    expect(recall.trace.prefetched).toBeUndefined();
    expect(recall.contextText).toBe((await fresh(fixture, "where is my parcel")).contextText);
  });

  it("is not used when it is old", async () => {
    const clock = new ManualClock();
    const { recaller } = await furnished(clock);
    recaller.prefetch("where is my parcel", scope);
    clock.advance(15_000);
    expect((await recaller.searchMemory("where is my parcel", scope)).trace.prefetched).toBeUndefined();
    expect(clock.timers).toBe(0);
  });

  it("does nothing for a blank text and throws for a malformed call", async () => {
    const { recaller } = await furnished();
    recaller.prefetch("  ", scope);
    expect(() => recaller.prefetch("hello", { user: "" })).toThrow(
      expect.objectContaining({ code: "argument.invalid" }),
    );
  });

  it("holds a bounded number of recalls, and none after close", async () => {
    const clock = new ManualClock();
    const { recaller } = await furnished(clock);
    for (let i = 0; i < 100; i++) recaller.prefetch("where is my parcel", { user: `user-${i}` });
    expect(clock.timers).toBe(64);
    expect((await recaller.searchMemory("where is my parcel", { user: "user-0" })).trace.prefetched).toBeUndefined();
    expect((await recaller.searchMemory("where is my parcel", { user: "user-99" })).trace.prefetched).toBeDefined();
    recaller.close();
    expect(clock.timers).toBe(0);
  });

  it("lets go of what was prefetched for a user or a session that is forgotten", async () => {
    for (const forgotten of [{ userId: "ada" }, { sessionId: "call" }]) {
      const { recaller } = await furnished();
      recaller.prefetch("where is my parcel", scope);
      recaller.forget(forgotten);
      expect((await recaller.searchMemory("where is my parcel", scope)).trace.prefetched).toBeUndefined();
    }
  });
});

describe("prefetch with an embedder that takes its time", () => {
  interface Asked {
    texts: readonly string[];
    signal: AbortSignal | undefined;
    answer: () => void;
    fail: () => void;
  }
  function slow(): { embedder: Embedder; asked: Asked[] } {
    const { id, dimensions, calibration, embed } = staticEmbedder();
    const asked: Asked[] = [];
    const embedder: Embedder = {
      id,
      dimensions,
      calibration,
      embed: (texts, options) =>
        options.kind === "document"
          ? embed(texts, options)
          : new Promise((resolve, reject) => {
              const { signal } = options;
              asked.push({
                texts,
                signal,
                answer: () => embed(texts, { kind: "query" }).then(resolve),
                fail: () => reject(new Error("gone")),
              });
            }),
    };
    return { embedder, asked };
  }
  const ready = () => new Promise((resolve) => setImmediate(resolve));

  it("is waited for by the final text, which does not embed again", async () => {
    const { embedder, asked } = slow();
    const { recaller } = await furnished(new ManualClock(), embedder);
    recaller.prefetch("where is my parcel", scope);
    const answer = recaller.searchMemory("Where is my parcel?", scope);
    asked[0]?.answer();
    const { trace, org } = await answer;
    expect(trace.prefetched).toBeDefined();
    expect(org.map(({ id }) => id)).toEqual(["late"]);
    expect(asked).toHaveLength(1);
  });

  it("holds the final text up no longer than its deadline", async () => {
    const clock = new ManualClock();
    const { embedder, asked } = slow();
    const { recaller } = await furnished(clock, embedder);
    recaller.prefetch("where is my parcel", scope);
    clock.advance(200);
    const answer = recaller.searchMemory("Where is my parcel?", { ...scope, timeoutMs: 50 });
    clock.advance(50);
    const { trace, profile } = await answer;
    expect(trace).toMatchObject({ degraded: true, tookMs: 50, lanes: { org: { status: "late" } } });
    expect(profile).not.toBeNull();
    expect(asked[0]?.signal?.aborted).toBe(true);
  });

  it("is aborted when a newer partial text replaces it", async () => {
    const { embedder, asked } = slow();
    const { recaller } = await furnished(new ManualClock(), embedder);
    recaller.prefetch("where is", scope);
    recaller.prefetch("where is my parcel", scope);
    expect(asked.map(({ signal }) => signal?.aborted)).toEqual([true, false]);
  });

  it("is aborted by its signal", async () => {
    const { embedder, asked } = slow();
    const { recaller } = await furnished(new ManualClock(), embedder);
    const controller = new AbortController();
    recaller.prefetch("where is my parcel", { ...scope, signal: controller.signal });
    controller.abort();
    expect(asked[0]?.signal?.aborted).toBe(true);
  });

  it("is not used when it failed", async () => {
    const { embedder, asked } = slow();
    const { recaller } = await furnished(new ManualClock(), embedder);
    recaller.prefetch("where is my parcel", scope);
    asked[0]?.fail();
    await ready();
    const answer = recaller.searchMemory("where is my parcel", scope);
    asked[1]?.answer();
    expect((await answer).trace).toMatchObject({ degraded: false });
    expect((await answer).trace.prefetched).toBeUndefined();
  });

  it("searches again with the embedding it has when something was recorded meanwhile", async () => {
    const { embedder, asked } = slow();
    const fixture = await furnished(new ManualClock(), embedder);
    fixture.recaller.prefetch("where is my parcel", scope);
    asked[0]?.answer();
    await ready();
    await fixture.say("assistant", "The parcel is in Hamar.");
    const { trace, working } = await fixture.recaller.searchMemory("Where is my parcel?", scope);
    expect(trace.prefetched).toBeUndefined();
    expect(working.map(({ id }) => id)).toContain("t2");
    expect(asked).toHaveLength(1);
  });

  it("sees what is recorded while it is under way", async () => {
    const { embedder, asked } = slow();
    const fixture = await furnished(new ManualClock(), embedder);
    fixture.recaller.prefetch("where is my parcel", scope);
    const answer = fixture.recaller.searchMemory("Where is my parcel?", scope);
    await fixture.say("assistant", "The parcel is in Hamar.");
    asked[0]?.answer();
    expect((await answer).working.map(({ id }) => id)).toContain("t2");
  });
});
