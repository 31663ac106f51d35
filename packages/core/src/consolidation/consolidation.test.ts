import { type TestMemory, testMemory } from "../../test/memory/test-memory.ts";
import { LEASE_MS } from "../session/lease.ts";
import { memoryStorage } from "../storage/memory/memory-storage.ts";
import type { Storage } from "../storage/storage.ts";
import type { ConsolidationInput, Consolidator } from "./consolidator.ts";
import { turnConsolidator } from "./turn-consolidator.ts";

const ann = { id: "ann", name: "Ann" };

async function say(
  { memory, clock }: TestMemory,
  session: string,
  userText: string,
  assistantText: string,
  user: { id: string; name?: string } = ann,
): Promise<void> {
  clock.advance(1_000);
  await memory.saveResponse({ user, session, userText, assistantText });
}

async function texts({ memory }: TestMemory, user = "ann"): Promise<string[]> {
  return (await memory.memories(user, { includeSuperseded: true })).map(({ text }) => text).sort();
}

describe("the end of a session", () => {
  it("makes each turn a memory, verbatim, with where it came from", async () => {
    const opened = testMemory();
    const { memory } = opened;
    await memory.saveResponse({
      user: ann,
      session: "s1",
      turnId: "x",
      userText: "My daughter Mia starts school in August.",
      assistantText: "Mia can take the school bus from stop 12.",
      at: 77,
    });
    expect(await memory.endSession({ user: ann, session: "s1" })).toEqual({ memories: 2 });
    expect(await memory.memories("ann")).toMatchObject([
      {
        kind: "turn",
        text: "Ann: My daughter Mia starts school in August.",
        turn: { role: "user", speakerName: "Ann", text: "My daughter Mia starts school in August." },
        provenance: [{ sessionId: "s1", turnIds: ["x/user"], speaker: "ann", at: 77 }],
        validFrom: 77,
      },
      {
        kind: "turn",
        text: "Assistant: Mia can take the school bus from stop 12.",
        turn: { role: "assistant", text: "Mia can take the school bus from stop 12." },
        provenance: [{ sessionId: "s1", turnIds: ["x/assistant"], speaker: "ann", at: 77 }],
      },
    ]);
  });

  it("changes nothing the second time", async () => {
    const opened = testMemory();
    await say(opened, "s1", "I like rowing.", "Good to know.");
    const first = await opened.memory.endSession({ user: ann, session: "s1" });
    const memories = await opened.memory.memories("ann");
    expect(await opened.memory.endSession({ user: ann, session: "s1" })).toEqual(first);
    expect(await opened.memory.memories("ann")).toEqual(memories);
    expect(opened.context.stats.consolidations).toBe(1);
  });

  it("comes with closing a user's session, unless the caller says otherwise", async () => {
    const opened = testMemory();
    for (const [id, options] of [
      ["s1", undefined],
      ["s2", { end: false }],
    ] as const) {
      const session = await opened.memory.session({ id, user: ann });
      await say(opened, id, `This is about ${id} and rowing.`, "Good.");
      await session.close(options);
    }
    expect(await texts(opened)).toEqual(["Ann: This is about s1 and rowing."]);
  });

  it("keeps statements apart that got the same acknowledgement", async () => {
    const opened = testMemory();
    const said = ["My boat is called Aurora.", "My dog is called Rex.", "I live in Porto since 2019."];
    for (const text of said) await say(opened, "s1", text, "Thank you, I have noted that.");
    await opened.memory.endSession({ user: ann, session: "s1" });
    expect(await texts(opened)).toEqual([
      "Ann: I live in Porto since 2019.",
      "Ann: My boat is called Aurora.",
      "Ann: My dog is called Rex.",
    ]);
  });

  it("leaves out small talk, and keeps a yes with what it answers", async () => {
    const opened = testMemory();
    await say(opened, "s1", "Hello!", "Hi Ann, shall I keep the delivery on Friday?");
    await say(opened, "s1", "Yes, please.", "Friday it is.");
    await say(opened, "s1", "Can you add candles?", "Twelve candles at 3 euros?");
    await say(opened, "s1", "ok", "Added.");
    await say(opened, "s1", "Thanks, bye", "Goodbye!");
    await opened.memory.endSession({ user: ann, session: "s1" });
    expect(await texts(opened)).toEqual([
      "Ann: Can you add candles?",
      "Assistant: Added.",
      "Assistant: Friday it is.",
      "Assistant: Hi Ann, shall I keep the delivery on Friday?",
      "Assistant: Hi Ann, shall I keep the delivery on Friday?\nAnn: Yes, please.",
      "Assistant: Twelve candles at 3 euros?",
      "Assistant: Twelve candles at 3 euros?\nAnn: ok",
    ]);
  });

  it("stores an interrupted answer as it was heard, and one never heard not at all", async () => {
    const opened = testMemory();
    await opened.memory.saveResponse({
      user: ann,
      session: "s1",
      userText: "Where is my train?",
      assistantText: "It leaves from",
      interrupted: true,
    });
    await opened.memory.saveResponse({
      user: ann,
      session: "s1",
      userText: "I mean the one to Graz.",
      assistantText: "",
      interrupted: true,
    });
    await opened.memory.endSession({ user: ann, session: "s1" });
    expect(await texts(opened)).toEqual([
      "Ann: I mean the one to Graz.",
      "Ann: Where is my train?",
      "Ann: Where is my train?\nAssistant: It leaves from",
    ]);
  });

  it("makes the same words again one memory with more provenance, and other words another", async () => {
    const opened = testMemory();
    for (const [id, said] of [
      ["s1", "I moved to Berlin in May."],
      ["s2", "i moved to Berlin, in May"],
      ["s3", "I have moved to Berlin in May!"],
    ] as const) {
      await say(opened, id, said, "Noted.");
      await opened.memory.endSession({ user: ann, session: id });
    }
    const memories = await opened.memory.memories("ann");
    expect(memories.map(({ text, provenance }) => [text, provenance.map(({ sessionId }) => sessionId)])).toEqual([
      ["Ann: I have moved to Berlin in May!", ["s3"]],
      ["Ann: I moved to Berlin in May.", ["s1", "s2"]],
    ]);
  });

  it("remembers nothing of an agent that parrots its memory for 100 turns", async () => {
    const opened = testMemory();
    const { memory } = opened;
    await say(opened, "s1", "My dog Rex only eats salmon and he sleeps under the kitchen table.", "Thank you.");
    await memory.endSession({ user: ann, session: "s1" });
    const before = await memory.memories("ann");
    expect(before).toHaveLength(1);
    for (let n = 0; n < 100; n++) {
      const userText = `What do you know about Rex, question ${n}?`;
      const { contextText } = await memory.searchMemory(userText, {
        user: ann,
        session: "s2",
        lanes: ["profile", "permanent", "org"],
      });
      expect(contextText).toContain("salmon");
      await say(
        opened,
        "s2",
        userText,
        n % 2 === 0 ? contextText : "Your dog Rex only eats salmon and he sleeps under the kitchen table.",
      );
    }
    await memory.endSession({ user: ann, session: "s2" });
    expect((await memory.memories("ann")).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  });

  it("writes memory for the speaker who said it, with the answer to them", async () => {
    const opened = testMemory();
    const { memory, clock } = opened;
    const scope = { user: ann, session: "s1" };
    const turns = [
      ["user", "I am allergic to nuts.", undefined],
      ["assistant", "No nuts for you then, Ann.", undefined],
      ["user", "And I never eat fish.", { id: "bob", name: "Bob" }],
      ["assistant", "No fish for Bob.", undefined],
    ] as const;
    for (const [role, text, speaker] of turns) {
      clock.advance(1);
      await memory.recordTurn({ ...scope, role, text, ...(speaker === undefined ? {} : { speaker }) });
    }
    await memory.endSession(scope);
    expect(await texts(opened, "ann")).toEqual([
      "Ann: I am allergic to nuts.",
      "Assistant: No nuts for you then, Ann.",
    ]);
    expect(await texts(opened, "bob")).toEqual(["Assistant: No fish for Bob.", "Bob: And I never eat fish."]);
    expect((await memory.memories("bob"))[0]?.provenance[0]).toMatchObject({ sessionId: "s1", speaker: "bob" });
  });
});

describe("a session that was never ended", () => {
  it("is consolidated when its user comes back, once its lease is over", async () => {
    const storage = memoryStorage();
    const crashed = testMemory({ storage });
    await say(crashed, "s1", "I like rowing.", "Good to know.");
    const next = testMemory({ storage, clock: crashed.clock });
    await next.memory.session({ id: "s2", user: ann });
    expect(await texts(next)).toEqual([]);
    next.clock.advance(LEASE_MS);
    await next.memory.session({ id: "s3", user: ann });
    expect(await texts(next)).toEqual(["Ann: I like rowing."]);
  });

  it("stays the holder's while it is written to", async () => {
    const storage = memoryStorage();
    const live = testMemory({ storage });
    const other = testMemory({ storage, clock: live.clock });
    for (let n = 0; n < 5; n++) {
      live.clock.advance(LEASE_MS * 0.7);
      await live.memory.recordTurn({
        user: ann,
        session: "s1",
        role: "user",
        text: `Part ${n} of a long story about rowing.`,
      });
      await other.memory.session({ id: "s2", user: ann });
    }
    expect(await texts(other)).toEqual([]);
  });

  it("is consolidated by one of two processes that notice it together", async () => {
    const storage = memoryStorage();
    const crashed = testMemory({ storage });
    await say(crashed, "s1", "I like rowing.", "Good to know.");
    crashed.clock.advance(LEASE_MS * 2);
    let calls = 0;
    const counting: Consolidator = {
      ...turnConsolidator(),
      consolidate: async (input) => {
        calls++;
        return turnConsolidator().consolidate(input);
      },
    };
    const two = [1, 2].map(() => testMemory({ storage, clock: crashed.clock, consolidator: counting }));
    await Promise.all(two.map(({ memory }, n) => memory.session({ id: `new-${n}`, user: ann })));
    expect(calls).toBe(1);
    expect(await texts(two[0] as TestMemory)).toHaveLength(1);
  });
});

describe("consolidation that is cut short", () => {
  /** A store that lets so many appends through once armed, then fails them all, as a process that dies would. */
  function dying(inner: Storage): { storage: Storage; dieAfter(appends: number): void } {
    let left = Number.POSITIVE_INFINITY;
    const storage: Storage = {
      ...inner,
      async open(key) {
        const log = await inner.open(key);
        return {
          ...log,
          append: (records, options) =>
            left-- > 0 ? log.append(records, options) : Promise.reject(new Error("killed")),
        };
      },
      close: async () => undefined,
    };
    return {
      storage,
      dieAfter(appends) {
        left = appends;
      },
    };
  }

  it.each([0, 1, 2, 3, 4, 5])("is finished later, without doubles, when it died after %i writes", async (writes) => {
    const inner = memoryStorage();
    const { storage, dieAfter } = dying(inner);
    const learning: Consolidator = {
      id: "learning",
      consolidate: async (input) => ({
        ...(await turnConsolidator().consolidate(input)),
        profilePatch: { data: { sport: "rowing" } },
      }),
    };
    const first = testMemory({ storage, consolidator: learning });
    await say(first, "s1", "I like rowing.", "Good to know.");
    await say(first, "s1", "And I play the cello.", "Lovely.");
    await first.memory.memories("ann");
    dieAfter(writes);
    await first.memory.endSession({ user: ann, session: "s1" }).catch(() => undefined);
    first.clock.advance(LEASE_MS * 10);
    const next = testMemory({ storage: inner, clock: first.clock, consolidator: learning });
    await next.memory.session({ id: "s2", user: ann });
    expect(await texts(next)).toHaveLength(2);
    expect((await next.memory.profile("ann")).data).toEqual({ sport: "rowing" });
    expect((await next.memory.profileHistory("ann")).length).toBe(1);
    expect((await next.memory.memories("ann")).every(({ provenance }) => provenance.length === 1)).toBe(true);
  });

  it("counts and logs a consolidator that fails, and tries again when the user comes back", async () => {
    const storage = memoryStorage();
    const failing: Consolidator = {
      id: "failing",
      consolidate: () => Promise.reject(new Error("no model: I like rowing")),
    };
    const first = testMemory({ storage, consolidator: failing });
    await say(first, "s1", "I like rowing.", "Good to know.");
    expect(await first.memory.endSession({ user: ann, session: "s1" })).toEqual({ memories: 0 });
    expect(first.context.stats.failedConsolidations).toBe(1);
    expect(first.logged.join()).not.toContain("rowing");
    first.clock.advance(LEASE_MS * 2);
    const next = testMemory({ storage, clock: first.clock });
    await next.memory.session({ id: "s2", user: ann });
    expect(await texts(next)).toHaveLength(1);
  });

  it("gives up a consolidator that never answers", async () => {
    let asked = (): void => undefined;
    const called = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const hanging: Consolidator = {
      id: "hanging",
      consolidate: () => {
        asked();
        return new Promise<never>(() => undefined);
      },
    };
    const opened = testMemory({ consolidator: hanging });
    await say(opened, "s1", "I like rowing.", "Good to know.");
    const ended = opened.memory.endSession({ user: ann, session: "s1" });
    await called;
    opened.clock.advance(120_000);
    expect(await ended).toEqual({ memories: 0 });
    expect(opened.logged.join()).toContain("consolidation.timeout");
  });
});

describe("a consolidator of one's own", () => {
  it("is given the user's turns, profile and nearest memories, and can replace memories and change the profile", async () => {
    const inputs: ConsolidationInput[] = [];
    const consolidator: Consolidator = {
      id: "facts",
      async consolidate(input) {
        inputs.push(input);
        const known = input.known.find(({ text }) => text.includes("Oslo"));
        return {
          memories: [
            {
              kind: "fact",
              text: "Ann lives in Rome.",
              turnIds: ["x/user", "made up"],
              ...(known === undefined ? {} : { supersedes: [known.id, "made up"] }),
            },
          ],
          profilePatch: { data: { city: "Rome" } },
        };
      },
    };
    const { memory } = testMemory({ consolidator });
    const oslo = await memory.remember(ann, "Ann lives in Oslo.");
    await memory.updateProfile(ann, { data: { name: "Ann" } });
    await memory.saveResponse({
      user: ann,
      session: "s1",
      turnId: "x",
      userText: "I no longer live in Oslo, I moved to Rome.",
      assistantText: "Benvenuta!",
    });
    await memory.endSession({ user: ann, session: "s1" });
    expect(inputs[0]).toMatchObject({
      sessionId: "s1",
      user: ann,
      profile: { data: { name: "Ann" } },
      known: [{ id: oslo.id }],
    });
    expect(inputs[0]?.turns.map(({ id }) => id)).toEqual(["x/user", "x/assistant"]);
    const all = await memory.memories(ann, { includeSuperseded: true });
    const rome = all.find(({ text }) => text.includes("Rome"));
    expect(rome?.provenance).toMatchObject([{ sessionId: "s1", turnIds: ["x/user"], speaker: "ann" }]);
    expect(all.find(({ id }) => id === oslo.id)?.supersededBy).toBe(rome?.id);
    expect(await memory.profile(ann)).toMatchObject({ data: { name: "Ann", city: "Rome" }, version: 2 });
    expect((await memory.profileHistory(ann))[1]?.patch.provenance?.[0]?.sessionId).toBe("s1");
  });

  it("is given each turn once, also of a session that was resumed", async () => {
    const inputs: ConsolidationInput[] = [];
    const opened = testMemory({
      consolidator: {
        ...turnConsolidator(),
        consolidate: async (input) => {
          inputs.push(input);
          return turnConsolidator().consolidate(input);
        },
      },
    });
    await say(opened, "s1", "I like rowing.", "Good to know.");
    await opened.memory.endSession({ user: ann, session: "s1" });
    await say(opened, "s1", "And I play the cello.", "Lovely.");
    await opened.memory.endSession({ user: ann, session: "s1" });
    expect(inputs.map(({ turns }) => turns.map(({ text }) => text))).toEqual([
      ["I like rowing.", "Good to know."],
      ["And I play the cello.", "Lovely."],
    ]);
  });
});
