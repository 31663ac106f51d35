import { testMemory } from "../../test/memory/test-memory.ts";
import type { Embedder } from "../engine/index.ts";

/** A model that knows a few words, one dimension each. */
function toy(id: string, dimensions: number): Embedder {
  const vector = (text: string): Float32Array | null => {
    const values = new Float32Array(dimensions);
    for (const word of text.toLowerCase().match(/[a-z]+/gu) ?? []) {
      const at = (word.charCodeAt(0) + dimensions) % dimensions;
      values[at] = (values[at] ?? 0) + 1;
    }
    const length = Math.hypot(...values);
    return length === 0 ? null : values.map((value) => value / length);
  };
  return {
    id,
    dimensions,
    calibration: { low: 0, high: 1 },
    embed: async (texts) => texts.map(vector),
    embedQuerySync: vector,
  };
}

const ann = { id: "ann", name: "Ann" };
const call = { user: ann, session: "s1" };

describe("a store that another embedder wrote", () => {
  it.each([
    ["of as many dimensions", 16],
    ["of others", 24],
  ])("loses no turn, memory or document to one %s", async (_, dimensions) => {
    const before = testMemory({ embedder: toy("old", 16) });
    await before.memory.recordTurn({ ...call, role: "user", text: "My boat is called Aurora." });
    await before.memory.endSession(call);
    await before.memory.recordTurn({ ...call, session: "open", role: "user", text: "My dog is called Rex." });
    await before.indexes.createIndex("help", [{ id: "gate", text: "The gate opens at nine." }]);
    await before.memory.close();

    const { memory, indexes, context, logged } = testMemory({
      storage: before.storage,
      clock: before.clock,
      embedder: toy("new", dimensions),
    });
    const first = await memory.searchMemory("What is my boat called?", { user: ann, session: "s2" });
    expect(first.contextText).toContain("Aurora");
    expect(first.trace.degraded).toBe(false);
    expect(
      await memory.recordTurn({ ...call, session: "open", role: "user", text: "I moved to Bergen." }),
    ).not.toBeNull();
    await memory.endSession({ ...call, session: "open" });
    const texts = (await memory.memories(ann)).map(({ text }) => text);
    expect(texts).toEqual(
      expect.arrayContaining([
        "Ann: My boat is called Aurora.",
        "Ann: My dog is called Rex.",
        "Ann: I moved to Bergen.",
      ]),
    );
    expect((await indexes.query("help", "when does the gate open?")).hits[0]?.id).toBe("gate");

    const seen: { done: number; total: number }[] = [];
    await memory.reembed({ onProgress: (progress) => seen.push(progress) });
    expect(seen.at(-1)?.done).toBe(seen.at(-1)?.total);
    const { stored } = { stored: await context.catalog.load("help") };
    expect(stored.settings).toMatchObject({ embedderId: "new", dimensions });
    expect(stored.settings?.reembedding).toBeUndefined();
    expect(stored.index.vectorOf("gate")).toBeDefined();
    expect(logged).toEqual([]);
    await memory.close();
  });

  it("goes on where it was cut off", async () => {
    const before = testMemory({ embedder: toy("old", 16) });
    for (let n = 0; n < 200; n++) await before.memory.remember(ann, `Fact ${n} about boats.`);
    await before.memory.close();
    let embedded = 0;
    const failing = toy("new", 16);
    const cut = testMemory({
      storage: before.storage,
      embedder: {
        ...failing,
        embed: async (texts, options) => {
          embedded += texts.length;
          if (embedded > 100) throw new Error("killed");
          return failing.embed(texts, options);
        },
      },
    });
    await cut.memory.reembed();
    await cut.memory.close();
    embedded = 0;
    const next = testMemory({
      storage: before.storage,
      embedder: {
        ...failing,
        embed: async (texts, options) => {
          embedded += texts.length;
          return failing.embed(texts, options);
        },
      },
    });
    await next.memory.reembed();
    expect(embedded).toBeGreaterThan(0);
    expect(embedded).toBeLessThan(200);
    expect(await next.memory.memories(ann)).toHaveLength(200);
    await next.memory.close();
  });
});
