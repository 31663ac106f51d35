import { testMemory } from "../../test/memory/test-memory.ts";
import { createSotto } from "../create-sotto.ts";
import type { Sotto } from "../sotto.ts";
import { memoryStorage } from "../storage/index.ts";
import { MARK_MS } from "../user/index.ts";

const quiet = { warn() {}, error() {} };
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function linesOf(sotto: Pick<Sotto, "export">, user: string): Promise<string> {
  let all = "";
  for await (const line of sotto.export({ user })) all += `${line}\n`;
  return all;
}

/** All that a store holds, as text. */
async function everything(storage: ReturnType<typeof memoryStorage>): Promise<string> {
  let all = "";
  for (const key of await storage.list("")) {
    const log = await storage.open(key);
    all += `${key}\n${Buffer.from((await log.readSnapshot())?.data ?? []).toString("latin1")}\n`;
    const { base } = await log.head();
    for (const { records } of await log.read({ after: base }))
      for (const { id, data } of records) all += `${id}\n${Buffer.from(data).toString("latin1")}\n`;
  }
  return all;
}

describe("a write that comes while somebody is being forgotten", () => {
  /** Two processes on one store, as far as memory can have them. */
  function two() {
    const storage = memoryStorage();
    const here = createSotto({ storage, logger: quiet });
    const there = createSotto({ storage, logger: quiet });
    return { storage, here, there };
  }
  const turn = (session: string, text: string) => ({ user: "ann", session, role: "user", text }) as const;

  it.each(["here", "there"] as const)(
    "is refused or forgotten too, from %s, whenever it comes",
    async (where) => {
      for (let delay = 0; delay < 12; delay++) {
        const { storage, here, there } = two();
        const writer = where === "here" ? here : there;
        for (let n = 0; n < 3; n++) await here.recordTurn(turn(`s-${n}`, `BYGONE ${n}`));
        await writer.recordTurn(turn("s-0", "BYGONE, too"));
        await writer.remember("ann", "a BYGONE fact");
        const forgetting = here.forget({ user: "ann" });
        for (let step = 0; step < delay * 3; step++) await Promise.resolve();
        if (delay > 8) await wait(delay - 8);
        const outcomes = await Promise.allSettled([
          writer.recordTurn(turn("s-0", "SECRET in an open session")),
          writer.recordTurn(turn(`new-${delay}`, "SECRET in a new session")),
          writer.remember("ann", "SECRET fact"),
          writer.updateProfile("ann", { data: { secret: "SECRET" } }),
          writer.endSession({ user: "ann", session: "s-1" }),
        ]);
        await forgetting;
        const left = await everything(storage);
        // What was taken, though it came late, is of a new user, who can see it and have it forgotten.
        const seen = await linesOf(here, "ann");
        const acknowledged = outcomes.filter(({ status }) => status === "fulfilled").length;
        expect(left.match(/SECRET/g)?.length ?? 0).toBeLessThanOrEqual(acknowledged * 3);
        expect(left).not.toMatch(/BYGONE/);
        if (/SECRET in a/.test(left)) expect(seen).toMatch(/SECRET in a/);
        await here.forget({ user: "ann" });
        expect(await everything(storage)).not.toMatch(/SECRET|BYGONE|ann/);
        await here.close();
        await there.close();
      }
    },
    60_000,
  );

  it("says that the user is being forgotten, and a turn is counted", async () => {
    const { memory, context } = testMemory();
    await memory.recordTurn(turn("s", "hello"));
    await context.marks.set({ kind: "user", id: "ann" });
    expect(await memory.recordTurn(turn("s", "a turn"))).toBeNull();
    expect(context.stats.failedWrites).toBe(1);
    await expect(memory.remember("ann", "a fact")).rejects.toMatchObject({ code: "user.forgotten" });
    await expect(memory.updateProfile("ann", { data: { a: 1 } })).rejects.toMatchObject({ code: "user.forgotten" });
    expect(await memory.recordTurn({ ...turn("of-bob", "a guest"), user: "bob", speaker: "ann" } as never)).toBeNull();
    await context.marks.lift({ kind: "user", id: "ann" });
    expect(await memory.recordTurn(turn("s", "a turn"))).not.toBeNull();
  });

  it("begins a new user when it comes after", async () => {
    const { storage, here, there } = two();
    await there.recordTurn(turn("s", "BYGONE"));
    await here.forget({ user: "ann" });
    expect(await there.recordTurn(turn("s", "something new"))).not.toBeNull();
    expect(await linesOf(here, "ann")).toMatch(/something new/);
    expect(await everything(storage)).not.toMatch(/BYGONE/);
    await here.forget({ user: "ann" });
    expect(await everything(storage)).toBe("");
  });

  it("does not bring a forgotten session back", async () => {
    for (const delay of [0, 1, 2, 3, 5, 8, 13, 21, 34]) {
      const { storage, here, there } = two();
      await there.recordTurn(turn("s", "BYGONE"));
      const forgetting = here.forget({ session: "s" });
      for (let step = 0; step < delay; step++) await Promise.resolve();
      await Promise.all([there.endSession({ user: "ann", session: "s" }).catch(() => undefined), forgetting]);
      expect(await everything(storage)).not.toMatch(/BYGONE/);
    }
  });
});

describe("a forget that a kill cut short", () => {
  it("is finished by whoever comes next, once the mark is old", async () => {
    const { memory, context, clock, storage } = testMemory();
    await memory.recordTurn({ user: "ann", session: "s", role: "user", text: "BYGONE" });
    await memory.recordTurn({ user: "bob", session: "t", role: "user", text: "of somebody else" });
    // All that a killed process may have left: its mark.
    await context.marks.set({ kind: "user", id: "ann" });
    expect(await memory.recordTurn({ user: "ann", session: "s", role: "user", text: "refused" })).toBeNull();
    clock.advance(MARK_MS + 1);
    await memory.applyRetention();
    expect(await everything(storage as never)).not.toMatch(/BYGONE|refused/);
    expect(await memory.recordTurn({ user: "ann", session: "s", role: "user", text: "new" })).not.toBeNull();
    expect(await linesOf(memory, "bob")).toMatch(/somebody else/);
  });

  it("is finished for a session whose log is gone already", async () => {
    const { memory, context, clock, storage } = testMemory();
    await memory.saveResponse({ user: "ann", session: "s", userText: "My cat is grey.", assistantText: "Noted." });
    await memory.endSession({ user: "ann", session: "s" });
    await context.marks.set({ kind: "session", id: "s" }, ["ann"]);
    await storage.delete("test/session/s");
    clock.advance(MARK_MS + 1);
    await memory.applyRetention();
    expect(await everything(storage as never)).not.toMatch(/grey/);
  });
});

describe("somebody who spoke in another user's session", () => {
  it("is not named there any more, and no log of theirs is made again when the session ends", async () => {
    const { memory, storage } = testMemory();
    const guest = { id: "jane.doe@example.com", name: "Jane" };
    for (const speaker of [{ id: "ann" }, guest, { id: "carl" }])
      await memory.recordTurn({
        user: "ann",
        session: "s",
        role: "user",
        text: `said by ${speaker.id.slice(0, 4)}`,
        speaker,
      });
    await memory.forget({ user: guest });
    expect(await everything(storage as never)).not.toMatch(/jane/i);
    await memory.endSession({ user: "ann", session: "s" });
    expect(await everything(storage as never)).not.toMatch(/jane/i);
    expect(await linesOf(memory, "carl")).toMatch(/said by carl/);
    expect(await linesOf(memory, guest.id)).toBe("");
  });
});

describe("sessions that no list holds", () => {
  it("are found by their owner's name and forgotten with them", async () => {
    const { memory, storage } = testMemory();
    await memory.recordTurn({ user: "ann", session: "orphan", role: "user", text: "left behind" });
    await storage.delete("test/user/ann/sessions");
    await storage.delete("test/user/ann/permanent");
    const { memory: later } = testMemory({ storage });
    expect(await linesOf(later, "ann")).toBe("");
    expect(await later.forget({ user: "ann" })).toMatchObject({ sessions: 1, turns: 1 });
    expect(await everything(storage as never)).toBe("");
  });
});

describe("what forget is asked for", () => {
  const ask = async (what: unknown) => {
    const { memory } = testMemory();
    for (const session of ["a", "b"])
      await memory.recordTurn({ user: "ann", session, role: "user", text: `said in ${session}` });
    await memory.recordTurn({ user: "bob", session: "c", role: "user", text: "said by bob" });
    return { result: await memory.forget(what as never), left: await linesOf(memory, "ann") };
  };

  it.each([[{ user: "ann" }], [{ user: "ann", everything: true }], [{ user: { id: "ann" } }]])(
    "is everything of a user: %j",
    async (what) => {
      expect((await ask(what)).left).toBe("");
    },
  );

  it("is one session of a user, and of nobody else", async () => {
    const { result, left } = await ask({ user: "ann", session: "a" });
    expect(result).toMatchObject({ sessions: 1, turns: 1 });
    expect(left).toMatch(/said in b/);
    expect(left).not.toMatch(/said in a/);
    await expect(ask({ user: "ann", session: "c" })).rejects.toMatchObject({ code: "session.identity_mismatch" });
    expect((await ask({ user: "ann", session: "never" })).result).toMatchObject({ sessions: 0, turns: 0 });
  });

  it.each([
    [{ user: "ann", memoryId: undefined }],
    [{ user: "ann", session: undefined }],
    [{ user: undefined }],
    [{ user: "ann", sessionId: "a" }],
    [{ user: "ann", everything: false }],
    [{ user: "ann", session: "a", memoryId: "m" }],
    [{ session: "a", turnId: undefined }],
    [{ session: "a", everything: true }],
    [{ index: "i", documentIds: undefined }],
    [{ index: "i" }],
    [{}],
    [undefined],
    ["ann"],
  ])("is refused, and nothing is forgotten, when it is not one of these: %j", async (what) => {
    const { memory } = testMemory();
    await memory.recordTurn({ user: "ann", session: "a", role: "user", text: "said" });
    await expect(memory.forget(what as never)).rejects.toMatchObject({ code: "argument.invalid" });
    expect(await linesOf(memory, "ann")).toMatch(/said/);
  });

  it("is refused by the types, too", () => {
    const { memory } = testMemory();
    const never: (() => unknown)[] = [
      // @ts-expect-error two things at once
      () => memory.forget({ user: "ann", session: "a", memoryId: "m" }),
      // @ts-expect-error no such field
      () => memory.forget({ user: "ann", sessionId: "a" }),
      // @ts-expect-error undefined is not left out
      () => memory.forget({ user: "ann", memoryId: undefined }),
      // @ts-expect-error it can only be true
      () => memory.forget({ user: "ann", everything: false }),
    ];
    expect(never).toHaveLength(4);
  });
});
