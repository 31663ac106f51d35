import { ManualClock } from "../../../test/memory/recall-fixture.ts";
import { testMemory } from "../../../test/memory/test-memory.ts";
import type { RecallOptions } from "../../recall/index.ts";
import { turnMemory } from "./turn-memory.ts";
import type { TurnOptions } from "./turn-options.ts";

const scope = { user: "ada", session: "call" };
const text = "Where is my parcel?";
const never = <T>(): Promise<T> => new Promise<T>(() => {});

async function stage(options: TurnOptions = {}) {
  const { memory, indexes } = testMemory();
  const clock = new ManualClock();
  const warnings: string[] = [];
  const asked: RecallOptions[] = [];
  await indexes.createIndex("help", [{ id: "late", text: "A parcel is late after ten days." }]);
  const sotto = {
    ...memory,
    searchMemory(query: string, given: RecallOptions) {
      asked.push(given);
      return memory.searchMemory(query, { ...given, timeoutMs: 10_000 });
    },
  };
  const logger = {
    warn: (message: string, fields?: unknown) => void warnings.push(`${message} ${JSON.stringify(fields)}`),
  };
  return { sotto, clock, warnings, asked, logger, turns: turnMemory(sotto, { clock, logger, ...options }) };
}

describe("recall of a turn", () => {
  it("asks once however many steps and callers it has, and anew once it is over", async () => {
    const { turns, asked } = await stage();
    const turn = { id: "t", scope, text };
    const [one, two] = await Promise.all([turns.recall(turn), turns.recall(turn)]);
    expect(one.block).toContain("ten days");
    expect((await turns.recall(turn)).block).toBe(two.block);
    expect(asked).toHaveLength(1);
    turns.end(turn);
    await turns.recall(turn);
    await turns.recall({ ...turn, scope: { user: "ben" } });
    expect(asked).toHaveLength(3);
    expect(turns.stats.recalls).toBe(3);
  });

  it("goes on for one caller when another stops, and stops with the last", async () => {
    const { sotto, clock, logger } = await stage();
    let signal: AbortSignal | undefined;
    const turns = turnMemory(
      {
        ...sotto,
        searchMemory(_query, given) {
          signal = given.signal;
          return never();
        },
      },
      { clock, logger },
    );
    const [first, second] = [new AbortController(), new AbortController()];
    const turn = { id: "t", scope, text };
    const waiting = [turns.recall(turn, first.signal), turns.recall(turn, second.signal)];
    first.abort();
    expect(await waiting[0]).toMatchObject({ status: "aborted" });
    expect(signal?.aborted).toBe(false);
    second.abort();
    expect(await waiting[1]).toMatchObject({ status: "aborted" });
    expect(signal?.aborted).toBe(true);
    expect(turns.stats).toMatchObject({ recalls: 1, lateRecalls: 0, failedRecalls: 0 });
  });

  it("gives core less than the deadline, less what finding the scope took, and says when nobody knows whose it is", async () => {
    const { turns, asked, clock } = await stage({ timeoutMs: 100 });
    const found = Promise.withResolvers<typeof scope>();
    const waiting = turns.recall({ id: "t", scope: found.promise, text });
    clock.advance(30);
    found.resolve(scope);
    expect((await waiting).status).toBe("ok");
    expect(asked[0]).toMatchObject({ ...scope, timeoutMs: 50 });
    expect(await turns.recall({ id: "u", scope: undefined, text })).toMatchObject({
      status: "unknown_user",
      block: "",
    });
    expect(await turns.recall({ id: "v", scope, text: " " })).toMatchObject({ status: "blank" });
  });

  it("passes on what is to be recalled, and words the block as told", async () => {
    const told: string[] = [];
    const { turns, asked, warnings } = await stage({
      lanes: ["org"],
      topK: { org: 1 },
      excludeLastTurns: 2,
      promptTemplate: (contextText) => `What we know:\n${contextText}`,
      onRecall: ({ trace }, { user }) => {
        told.push(`${user}: ${trace.query}`);
        throw new Error(text);
      },
    });
    const { block } = await turns.recall({ id: "t", scope, text, excludeLastTurns: 7, excludeTurnIds: ["x"] });
    expect(block).toMatch(/^What we know:\n.*ten days/su);
    expect(asked[0]).toMatchObject({ lanes: ["org"], topK: { org: 1 }, excludeLastTurns: 2, excludeTurnIds: ["x"] });
    expect(told).toEqual([`ada: ${text}`]);
    expect(warnings).toEqual(['onRecall failed {"error":"Error"}']);
  });

  it("asks a long message's questions, wherever they stand in it", async () => {
    const { turns } = await stage();
    const pasted = "Nothing of use stands here. ".repeat(600);
    for (const [id, long] of Object.entries({
      a: `${text} ${pasted}`,
      b: `${pasted}\n${text}`,
      c: `${pasted}${text} ${pasted}`,
    }))
      expect(await turns.recall({ id, scope, text: long })).toMatchObject({ query: text, status: "ok" });
  });
});

describe("recording a turn", () => {
  it("writes the turns of a session in order, and beside those of others", async () => {
    const { sotto, clock, logger } = await stage();
    const written: string[] = [];
    const release: (() => void)[] = [];
    const turns = turnMemory(
      {
        ...sotto,
        async recordTurn(turn) {
          if (turn.user === "ada") await new Promise<void>((resolve) => void release.push(resolve));
          written.push(turn.text);
          return sotto.recordTurn(turn);
        },
      },
      { clock, logger },
    );
    const first = turns.record(scope, { role: "user", text: "one" });
    const second = turns.record(scope, { role: "assistant", text: "two" });
    await turns.record({ user: "ben", session: "other" }, { role: "user", text: "three" });
    expect(written).toEqual(["three"]);
    release.shift()?.();
    await first;
    release.shift()?.();
    await second;
    expect(written).toEqual(["three", "one", "two"]);
  });

  it("counts a write that is late, tells it, waits no longer, and counts when it fails in the end", async () => {
    const { sotto, clock, logger, warnings } = await stage();
    const write = Promise.withResolvers<string>();
    const turns = turnMemory({ ...sotto, recordTurn: () => write.promise }, { clock, logger, recordTimeoutMs: 500 });
    const writing = turns.record(scope, { role: "user", text });
    clock.advance(500);
    expect(await writing).toBeNull();
    expect(turns.stats).toMatchObject({ lateWrites: 1, failedWrites: 0 });
    const flushing = turns.flush();
    clock.advance(500);
    await flushing;
    write.reject(new Error(text));
    await turns.flush();
    expect(turns.stats).toMatchObject({ lateWrites: 1, failedWrites: 1 });
    expect(warnings.join()).not.toContain("parcel");
  });

  it("makes a turn of those that the session has by then, with the time at which it was said", async () => {
    const { turns, sotto, clock } = await stage();
    void turns.record(scope, { role: "user", text: "one", itemId: "a" });
    const at = clock.now();
    const later = turns.record(scope, (before) => ({
      role: "user",
      text: `after ${before.map(({ id }) => id).join()}`,
      replaces: before.map(({ id }) => id),
    }));
    clock.advance(1_000);
    await later;
    const session = await sotto.session("call");
    expect(await session.turns()).toMatchObject([{ text: "after a", at }]);
    expect(await turns.record(scope, () => undefined)).toBeNull();
  });

  it("records nothing where nothing is to be recorded", async () => {
    const off = await stage({ record: false });
    expect(await off.turns.record(scope, { role: "user", text })).toBeNull();
    const { turns } = await stage();
    expect(await turns.record({ user: "ada" }, { role: "user", text })).toBeNull();
    expect(await turns.record(scope, { role: "user", text: " " })).toBeNull();
    expect(turns.stats.failedWrites).toBe(0);
  });
});
