import { staticEmbedder } from "@sotto/embed-static";
import { type TestMemory, testMemory } from "../../test/memory/test-memory.ts";
import { memoryStorage } from "../storage/memory/memory-storage.ts";
import { sqliteStorage } from "../storage/node/sqlite-storage.ts";
import { removeTemporaryFolders, temporaryFolder } from "../storage/node/test/temporary-folder.ts";
import type { Storage } from "../storage/storage.ts";
import type { Turn } from "./turn.ts";

afterAll(removeTemporaryFolders);

const scope = { user: { id: "ann", name: "Ann" }, session: "call-1" };

async function turnsOf({ memory }: TestMemory): Promise<Turn[]> {
  return (await memory.session("call-1")).turns();
}

/** A store whose appends fail while `broken`. */
function breakable(): { storage: Storage; break(): void; repair(): void } {
  const inner = memoryStorage();
  let broken = false;
  const storage: Storage = {
    ...inner,
    async open(key) {
      const log = await inner.open(key);
      return {
        ...log,
        append: (records, options) =>
          broken
            ? Promise.reject(new Error(`disk on fire: ${new TextDecoder().decode(records.at(-1)?.data)}`))
            : log.append(records, options),
      };
    },
  };
  const set = (value: boolean) => (): void => {
    broken = value;
  };
  return { storage, break: set(true), repair: set(false) };
}

describe("recording turns", () => {
  it("keeps both roles with all that belongs to them, in the order in which they were spoken", async () => {
    const opened = testMemory();
    const { memory, clock } = opened;
    const at = clock.now();
    await memory.recordTurn({ ...scope, role: "assistant", text: "Hello?", itemId: "a", at: at + 2 });
    await memory.recordTurn({
      ...scope,
      role: "user",
      text: "Good day.",
      itemId: "b",
      at: at + 1,
      metadata: { mood: "calm" },
    });
    await memory.recordTurn({
      ...scope,
      role: "assistant",
      text: "How can",
      itemId: "c",
      at: at + 3,
      interrupted: true,
      toolCalls: [{ name: "look", arguments: { q: 1 } }],
    });
    expect(await turnsOf(opened)).toEqual([
      {
        id: "b",
        sessionId: "call-1",
        role: "user",
        text: "Good day.",
        at: at + 1,
        speaker: "ann",
        speakerName: "Ann",
        metadata: { mood: "calm" },
      },
      { id: "a", sessionId: "call-1", role: "assistant", text: "Hello?", at: at + 2 },
      {
        id: "c",
        sessionId: "call-1",
        role: "assistant",
        text: "How can",
        at: at + 3,
        interrupted: true,
        toolCalls: [{ name: "look", arguments: { q: 1 } }],
      },
    ]);
  });

  it("writes an exchange in one batch, whose halves have the turn's id", async () => {
    const opened = testMemory();
    const { memory, storage } = opened;
    await memory.session({ id: "call-1", user: scope.user });
    const log = await storage.open("test/session/call-1");
    const before = (await log.head()).version;
    expect(await memory.saveResponse({ ...scope, turnId: "x", userText: "one", assistantText: "two" })).toBe("x");
    expect((await log.head()).version).toBe(before + 1);
    expect((await turnsOf(opened)).map(({ id, role, text }) => [id, role, text])).toEqual([
      ["x/user", "user", "one"],
      ["x/assistant", "assistant", "two"],
    ]);
  });

  it("changes nothing for an id that the session has, in this process or another", async () => {
    const storage = memoryStorage();
    const [one, other] = [testMemory({ storage }), testMemory({ storage })];
    await other.memory.session("call-1");
    expect(await one.memory.recordTurn({ ...scope, role: "user", text: "first", itemId: "t" })).toBe("t");
    expect(await one.memory.recordTurn({ ...scope, role: "user", text: "second", itemId: "t" })).toBe("t");
    expect(await other.memory.recordTurn({ ...scope, role: "user", text: "third", itemId: "t" })).toBe("t");
    await Promise.all(
      ["a", "b"].map((text) => one.memory.saveResponse({ ...scope, turnId: "x", userText: text, assistantText: text })),
    );
    expect((await turnsOf(other)).map(({ text }) => text)).toEqual(["first", "a", "a"]);
  });

  it("does not remember what was not spoken", async () => {
    const opened = testMemory();
    const { memory, context } = opened;
    expect(await memory.recordTurn({ ...scope, role: "assistant", text: "  " })).toBeNull();
    await memory.saveResponse({ ...scope, userText: "wait", assistantText: "", interrupted: true });
    expect((await turnsOf(opened)).map(({ text }) => text)).toEqual(["wait"]);
    expect(context.stats.failedWrites).toBe(0);
  });

  it("answers null, counts and logs without the text when a write fails or the call is malformed", async () => {
    const { storage, break: fail, repair } = breakable();
    const { memory, context, logged } = testMemory({ storage, limits: { documentChars: 50 } });
    await memory.session({ id: "call-1", user: scope.user });
    fail();
    expect(await memory.recordTurn({ ...scope, role: "user", text: "my pin is 9981" })).toBeNull();
    expect(await memory.saveResponse({ ...scope, userText: "my pin is 9981", assistantText: "thanks" })).toBeNull();
    repair();
    expect(await memory.recordTurn({ ...scope, role: "user", text: 9981 as unknown as string })).toBeNull();
    expect(await memory.recordTurn(undefined as never)).toBeNull();
    expect(context.stats.failedWrites).toBe(4);
    expect(logged).toHaveLength(4);
    expect(logged.join("\n")).not.toContain("9981");
    expect(await memory.recordTurn({ ...scope, role: "user", text: "still here" })).not.toBeNull();
  });

  it("stores a turn that is longer than a document may be in pieces, without losing a word", async () => {
    const { memory } = testMemory({ limits: { documentChars: 1_000 } });
    const text = Array.from({ length: 800 }, (_, n) => `word${n}`).join(" ");
    expect(await memory.recordTurn({ ...scope, role: "user", text, itemId: "long" })).toBe("long");
    const turns = await (await memory.session("call-1")).turns();
    expect(turns.length).toBeGreaterThan(1);
    expect(turns.map((turn) => turn.text).join("")).toBe(text);
    expect(turns[0]?.id).toBe("long");
  });

  it("stores what was said when the embedder fails or never answers", async () => {
    let mode: "works" | "fails" | "hangs" = "works";
    let asked = (): void => undefined;
    const askedWhileHanging = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const real = staticEmbedder();
    const embedder = {
      ...real,
      id: real.id,
      dimensions: real.dimensions,
      calibration: real.calibration,
      embed: async (...args: Parameters<typeof real.embed>) => {
        if (mode === "fails") throw new Error("no model");
        if (mode === "works") return real.embed(...args);
        asked();
        return new Promise<never>(() => undefined);
      },
    };
    const opened = testMemory({ embedder });
    const { memory, clock } = opened;
    mode = "fails";
    expect(await memory.recordTurn({ ...scope, role: "user", text: "the parcel is blue" })).not.toBeNull();
    mode = "hangs";
    const written = memory.recordTurn({ ...scope, role: "user", text: "the parcel is heavy" });
    await askedWhileHanging;
    clock.advance(5_000);
    expect(await written).not.toBeNull();
    mode = "works";
    const session = await memory.session("call-1");
    expect((await session.query("parcel")).hits).toHaveLength(2);
  });

  it("keeps a turn whose tools answered more than a payload may hold", async () => {
    const opened = testMemory({ limits: { payloadBytes: 2_000 } });
    await opened.memory.recordTurn({
      ...scope,
      role: "assistant",
      text: "Done.",
      toolCalls: [{ name: "dump", result: "x".repeat(5_000) }],
    });
    expect((await turnsOf(opened))[0]).toMatchObject({ text: "Done.", toolCalls: [{ name: "dump" }] });
  });

  it("makes queued turns searchable at once", async () => {
    const opened = testMemory();
    await opened.memory.recordTurn({ ...scope, role: "user", text: "queued words", durability: "queued" });
    expect(await turnsOf(opened)).toHaveLength(1);
  });

  it("counts and logs a queued turn that the disk did not take, which flush says too", async () => {
    const storage = sqliteStorage({ directory: temporaryFolder(), maxPages: 200 });
    const { memory, context, logged } = testMemory({ storage });
    await memory.session({ id: "call-1", user: scope.user });
    expect(await memory.recordTurn({ ...scope, role: "user", text: "on disk" })).not.toBeNull();
    const other = await storage.open("p/index/a");
    const fill = async (): Promise<never> => {
      for (;;) await other.append([{ id: "x", data: new Uint8Array(1_000) }]);
    };
    await expect(fill()).rejects.toMatchObject({ code: "storage.full" });
    const text = "my pin is 9981 ".repeat(600);
    expect(await memory.recordTurn({ ...scope, role: "user", text, durability: "queued" })).not.toBeNull();
    await expect(memory.flush()).rejects.toMatchObject({ code: "storage.full" });
    expect(context.stats.failedWrites).toBe(1);
    expect(logged).toEqual([expect.stringContaining("a turn could not be stored")]);
    expect(logged[0]).toContain("storage.full");
    expect(logged[0]).not.toContain("9981");
    await memory.close().catch(() => undefined);
    await storage.close().catch(() => undefined);
  });
});
