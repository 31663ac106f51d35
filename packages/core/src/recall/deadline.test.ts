import { staticEmbedder } from "@sotto/embed-static";
import { type FixtureOptions, ManualClock, RecallFixture } from "../../test/memory/recall-fixture.ts";
import { turnConsolidator } from "../consolidation/turn-consolidator.ts";
import { IndexCatalog } from "../engine/catalog/index-catalog.ts";
import type { Embedder } from "../engine/embedding/embedder.ts";
import { StorageUnavailableError } from "../errors/index.ts";
import { type MemoryMethods, memoryMethods } from "../memory-methods.ts";
import type { Recall } from "./recall-types.ts";

const scope = { user: "ada", session: "call" };
const never = new Promise<never>(() => {});

/** Embeds documents as the static model does, and queries by promise, as `answer` says. */
function asyncEmbedder(
  answer: (texts: readonly string[], signal?: AbortSignal) => Promise<readonly (Float32Array | null)[]>,
): Embedder {
  const { id, dimensions, calibration, embed } = staticEmbedder();
  return {
    id,
    dimensions,
    calibration,
    embed: (texts, options) => (options.kind === "query" ? answer(texts, options.signal) : embed(texts, options)),
  };
}

async function furnished(options: FixtureOptions): Promise<RecallFixture> {
  const fixture = await RecallFixture.open(options);
  await fixture.say("user", "My parcel has not arrived.");
  await fixture.say("assistant", "I am sorry about your parcel.");
  await fixture.remember("m1", "Ada waits for a parcel from Bergen.");
  await fixture.know("handbook", [{ id: "late", text: "A parcel is late after ten days." }]);
  fixture.profile = { data: { plan: "Pro" }, summary: "plan: Pro", version: 1, updatedAt: 0 };
  return fixture;
}

/** Lets everything that is ready run. */
async function ready(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

describe("under the deadline of searchMemory", () => {
  it("drops the lanes that wait for an embedder that never answers, and keeps the profile", async () => {
    const clock = new ManualClock();
    const { recaller, context, held } = await furnished({ clock, embedder: asyncEmbedder(() => never) });
    const answer = recaller.searchMemory("parcel", { ...scope, timeoutMs: 80 });
    clock.advance(80);
    const recall = await answer;
    expect(recall.profile?.summary).toBe("plan: Pro");
    expect(recall.contextText).toContain("plan: Pro");
    expect(recall.trace).toMatchObject({
      degraded: true,
      tookMs: 80,
      timeoutMs: 80,
      lanes: {
        profile: { status: "ok", ms: 0 },
        working: { status: "late", ms: 80, hits: 0 },
        permanent: { status: "late" },
        org: { status: "late" },
      },
    });
    expect(context.stats.lateLanes).toBe(3);
    expect(held).toBe(0);
    expect(clock.timers).toBe(0);
  });

  it("does not answer before the deadline while a lane may still come", async () => {
    const clock = new ManualClock();
    const { recaller } = await furnished({ clock, embedder: asyncEmbedder(() => never) });
    let answered = false;
    const answer = recaller.searchMemory("parcel", { ...scope, timeoutMs: 80 }).then(() => (answered = true));
    clock.advance(79);
    await ready();
    expect(answered).toBe(false);
    clock.advance(1);
    await answer;
  });

  it("aborts the embedder that it gave up", async () => {
    const clock = new ManualClock();
    let signal: AbortSignal | undefined;
    const embedder = asyncEmbedder((_, given) => {
      signal = given;
      return never;
    });
    const { recaller } = await furnished({ clock, embedder });
    const answer = recaller.searchMemory("parcel", scope);
    expect(signal?.aborted).toBe(false);
    clock.advance(250);
    await answer;
    expect(signal?.aborted).toBe(true);
  });

  it("resolves as soon as the last lane is there, embedding once for all lanes", async () => {
    const clock = new ManualClock();
    const asked: (readonly string[])[] = [];
    const embedder = asyncEmbedder(async (texts) => {
      asked.push(texts);
      clock.advance(5);
      return staticEmbedder().embed(texts, { kind: "query" });
    });
    const { recaller } = await furnished({ clock, embedder });
    const recall = await recaller.searchMemory("Where is my parcel?", { ...scope, intent: "find it" });
    expect(asked).toEqual([["Where is my parcel?", "find it"]]);
    expect(recall.trace).toMatchObject({ degraded: false, embedMs: 5, tookMs: 5 });
    expect(recall.working.length + recall.permanent.length + recall.org.length).toBeGreaterThan(2);
    expect(clock.timers).toBe(0);
  });

  it("names the failure of an embedder in every lane that needed it", async () => {
    const embedder = asyncEmbedder(async () => {
      throw new Error("the model is gone");
    });
    const { recaller, context, warnings } = await furnished({ embedder });
    const { trace, profile } = await recaller.searchMemory("parcel", scope);
    expect(profile).not.toBeNull();
    for (const lane of ["working", "permanent", "org"] as const) {
      expect(trace.lanes[lane]).toMatchObject({
        status: "failed",
        hits: 0,
        error: expect.stringMatching(/^embedding\.failed: .*the model is gone/u),
      });
    }
    expect(trace.degraded).toBe(true);
    expect(context.stats.failedRecalls).toBe(1);
    expect(warnings).toEqual(Array(3).fill("a lane of recall failed"));
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error("broken");
      },
    ],
    ["answers too few values", () => new Float32Array(3)],
  ])("goes on when an embedder that answers at once %s", async (_, embedQuerySync) => {
    const { recaller } = await furnished({ embedder: { ...asyncEmbedder(() => never), embedQuerySync } });
    const { trace, profile } = await recaller.searchMemory("parcel", scope);
    expect(profile).not.toBeNull();
    expect(trace.lanes.org).toMatchObject({ status: "failed", error: expect.stringContaining("embedding.failed") });
  });

  it("finds by words alone what a model has no vector for", async () => {
    const { recaller } = await furnished({ embedder: asyncEmbedder(async (texts) => texts.map(() => null)) });
    const { org, trace } = await recaller.searchMemory("parcel", scope);
    expect(org.map(({ id }) => id)).toEqual(["late"]);
    expect(trace.degraded).toBe(false);
  });

  it.each(["session", "user", "orgIndexes"] as const)(
    "answers without the lanes that need a %s that never opens",
    async (source) => {
      const clock = new ManualClock();
      const { recaller } = await furnished({ clock, sources: { [source]: () => never } });
      const answer = recaller.searchMemory("parcel", scope);
      clock.advance(250);
      const { trace, working, permanent, org, profile } = await answer;
      const waiting = { session: ["working"], user: ["profile", "permanent"], orgIndexes: ["org"] }[source];
      for (const lane of ["profile", "working", "permanent", "org"] as const)
        expect(trace.lanes[lane].status).toBe(waiting.includes(lane) ? "late" : "ok");
      expect([working, permanent, org].filter((found) => found.length > 0).length + (profile === null ? 0 : 1)).toBe(
        4 - waiting.length,
      );
    },
  );

  it.each([
    [
      "throws",
      () => {
        throw new Error("broken");
      },
    ],
    [
      "rejects",
      async () => {
        throw new Error("broken");
      },
    ],
  ])("answers without the lanes whose source %s", async (_, broken) => {
    for (const source of ["session", "user", "orgIndexes"] as const) {
      const { recaller } = await furnished({ sources: { [source]: broken } });
      const { trace } = await recaller.searchMemory("parcel", scope);
      const failed = { session: ["working"], user: ["profile", "permanent"], orgIndexes: ["org"] }[source];
      for (const lane of ["profile", "working", "permanent", "org"] as const) {
        expect(trace.lanes[lane]).toMatchObject(
          failed.includes(lane) ? { status: "failed", error: "Error: broken" } : { status: "ok" },
        );
      }
    }
  });

  it("answers with what is there when every source hangs", async () => {
    const clock = new ManualClock();
    const { recaller } = await furnished({
      clock,
      sources: { session: () => never, user: () => never, orgIndexes: () => never },
    });
    const answer = recaller.searchMemory("parcel", { ...scope, timeoutMs: 1 });
    clock.advance(1);
    expect(await answer).toMatchObject({
      contextText: "",
      profile: null,
      working: [],
      permanent: [],
      org: [],
      sources: [],
      trace: { degraded: true },
    });
  });

  it("gives a user's memory back that comes after the deadline", async () => {
    const clock = new ManualClock();
    let open: () => void = () => {};
    const fixture = await furnished({ clock });
    const { recaller } = await furnished({
      clock,
      sources: { user: () => new Promise((resolve) => (open = () => resolve(fixture.hold()))) },
    });
    const answer = recaller.searchMemory("parcel", scope);
    clock.advance(250);
    await answer;
    open();
    await ready();
    expect(fixture.held).toBe(0);
  });

  it("answers from memory that is opened in time", async () => {
    const fixture = await furnished({});
    const { recaller } = await furnished({
      sources: {
        user: async () => fixture.hold(),
        session: async () => fixture.session,
        orgIndexes: async () => [{ name: "handbook", stored: await fixture.context.catalog.load("handbook") }],
      },
    });
    const { trace } = await recaller.searchMemory("parcel", scope);
    for (const lane of ["profile", "working", "permanent", "org"] as const) expect(trace.lanes[lane].status).toBe("ok");
    expect(fixture.held).toBe(0);
  });

  it("answers a session to which nothing was written with an empty lane", async () => {
    const { recaller } = await furnished({ sources: { session: () => undefined } });
    const { trace } = await recaller.searchMemory("parcel", scope);
    expect(trace.lanes.working.status).toBe("empty");
    expect(trace.degraded).toBe(false);
  });
});

describe("a signal that fires", () => {
  it("before the call makes it answer at once without a look at anything", async () => {
    let looked = false;
    const look = () => {
      looked = true;
      return never;
    };
    const { recaller } = await furnished({ sources: { session: look, user: look, orgIndexes: look } });
    const { trace } = await recaller.searchMemory("parcel", {
      ...scope,
      lanes: ["working", "org"],
      signal: AbortSignal.abort(),
    });
    expect(trace).toMatchObject({
      degraded: true,
      lanes: {
        profile: { status: "skipped" },
        working: { status: "aborted" },
        permanent: { status: "skipped" },
        org: { status: "aborted" },
      },
    });
    expect(looked).toBe(false);
  });

  it("during the call makes it answer with what is there", async () => {
    const controller = new AbortController();
    const clock = new ManualClock();
    const { recaller, context, held } = await furnished({ clock, embedder: asyncEmbedder(() => never) });
    const answer: Promise<Recall> = recaller.searchMemory("parcel", { ...scope, signal: controller.signal });
    controller.abort();
    const { trace, profile } = await answer;
    expect(profile).not.toBeNull();
    expect(trace.lanes).toMatchObject({
      profile: { status: "ok" },
      working: { status: "aborted" },
      permanent: { status: "aborted" },
      org: { status: "aborted" },
    });
    expect(trace.degraded).toBe(true);
    expect(context.stats).toMatchObject({ lateLanes: 0, failedRecalls: 0 });
    expect(held).toBe(0);
    expect(clock.timers).toBe(0);
  });
});

describe("a store", () => {
  async function memoryOver(broken: () => Promise<never>, clock: ManualClock): Promise<MemoryMethods> {
    const { context } = await RecallFixture.open({ clock });
    const storage = { ...context.storage, open: broken, list: broken };
    return memoryMethods(
      { ...context, storage, catalog: new IndexCatalog({ ...context.catalog.options, storage }) },
      turnConsolidator(),
    );
  }

  it("that hangs leaves recall and the brief to their deadlines", async () => {
    const clock = new ManualClock();
    const memory = await memoryOver(() => never, clock);
    const recall = memory.searchMemory("parcel", { ...scope, timeoutMs: 60 });
    const brief = memory.brief({ ...scope, timeoutMs: 60 });
    clock.advance(60);
    expect((await recall).trace.lanes).toMatchObject({
      profile: { status: "late" },
      working: { status: "late" },
      permanent: { status: "late" },
      org: { status: "late" },
    });
    expect(await brief).toEqual({ contextText: "", profile: null, turns: [], permanent: [] });
  });

  it("that fails leaves recall and the brief to answer with nothing", async () => {
    const memory = await memoryOver(async () => {
      throw new StorageUnavailableError("test", "the disk is gone");
    }, new ManualClock());
    const { trace, contextText } = await memory.searchMemory("parcel", scope);
    expect(contextText).toBe("");
    for (const lane of ["profile", "working", "permanent", "org"] as const) {
      expect(trace.lanes[lane]).toMatchObject({
        status: "failed",
        error: expect.stringMatching(/^storage\.unavailable: /u),
      });
    }
    expect((await memory.brief(scope)).contextText).toBe("");
  });
});
