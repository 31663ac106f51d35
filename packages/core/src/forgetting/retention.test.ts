import { testMemory } from "../../test/memory/test-memory.ts";
import { LEASE_MS } from "../session/lease.ts";
import { memoryStorage } from "../storage/memory/memory-storage.ts";

const DAY_MS = 86_400_000;
const nothing = { sessions: 0, turns: 0, memories: 0, profileVersions: 0, documents: 0 };

describe("retention", () => {
  it("forgets sessions that are too old, and keeps what they taught until its own time is over", async () => {
    const opened = testMemory({ retention: { sessionsMs: 7 * DAY_MS, permanentMs: 30 * DAY_MS } });
    const { memory, clock, storage } = opened;
    await memory.saveResponse({
      user: "ann",
      session: "s1",
      userText: "I like rowing.",
      assistantText: "Good to know.",
    });
    clock.advance(DAY_MS);
    await memory.recordTurn({ user: "ann", session: "s2", role: "user", text: "I play the cello." });
    clock.advance(6 * DAY_MS + 1);
    expect(await memory.applyRetention()).toEqual({ ...nothing, sessions: 1, turns: 2 });
    expect(await storage.list("test/session/")).toEqual(["test/session/s2"]);
    expect((await memory.memories("ann")).map(({ text }) => text)).toEqual(["User: I like rowing."]);
    expect(await memory.applyRetention()).toEqual(nothing);
    clock.advance(30 * DAY_MS);
    expect(await memory.applyRetention()).toEqual({ ...nothing, sessions: 1, turns: 1, memories: 2 });
    expect(await memory.memories("ann", { includeSuperseded: true })).toEqual([]);
    expect(await storage.list("test/session/")).toEqual([]);
  });

  it("runs when a user comes back", async () => {
    const storage = memoryStorage();
    const before = testMemory({ storage });
    await before.memory.recordTurn({ user: "ann", session: "s1", role: "user", text: "I like rowing." });
    await before.memory.remember("ann", "Ann lives in Oslo.");
    before.clock.advance(LEASE_MS + 2 * DAY_MS);
    const { memory } = testMemory({
      storage,
      clock: before.clock,
      retention: { sessionsMs: DAY_MS, permanentMs: DAY_MS },
    });
    await memory.session({ id: "s2", user: "ann" });
    expect(await storage.list("test/session/")).toEqual(["test/session/s2"]);
    expect(await memory.memories("ann")).toEqual([]);
  });

  it("does nothing unless it is asked for", async () => {
    const { memory, clock } = testMemory();
    await memory.recordTurn({ user: "ann", session: "s1", role: "user", text: "I like rowing." });
    clock.advance(10_000 * DAY_MS);
    expect(await memory.applyRetention()).toEqual(nothing);
  });
});
