import { testMemory } from "../../../test/memory/test-memory.ts";
import { memoryStorage } from "../../storage/memory/memory-storage.ts";
import { memoryId } from "./memory-id.ts";

describe("permanent memory", () => {
  it("keeps what it is told to remember, once", async () => {
    const { memory, clock } = testMemory();
    const first = await memory.remember("ann", "Ann is allergic to nuts.");
    const again = await memory.remember("ann", { text: "ann is  allergic to NUTS" });
    expect(first).toEqual({
      id: memoryId("fact", "Ann is allergic to nuts."),
      kind: "fact",
      text: "Ann is allergic to nuts.",
      provenance: [],
      validFrom: clock.now(),
    });
    expect(again.id).toBe(first.id);
    expect(await memory.memories("ann")).toEqual([first]);
    expect(await memory.memories("bob")).toEqual([]);
  });

  it("tells what was true when", async () => {
    const { memory, clock } = testMemory();
    const start = clock.now();
    const oslo = await memory.remember("ann", { id: "home", text: "Ann lives in Oslo." });
    clock.advance(1_000);
    const rome = await memory.supersede("ann", oslo.id, "Ann lives in Rome.");
    clock.advance(1_000);
    expect((await memory.memories("ann")).map(({ text }) => text)).toEqual(["Ann lives in Rome."]);
    expect((await memory.memories("ann", { asOf: start + 999 })).map(({ text }) => text)).toEqual([
      "Ann lives in Oslo.",
    ]);
    expect(await memory.memories("ann", { asOf: start - 1 })).toEqual([]);
    expect(await memory.memories("ann", { includeSuperseded: true })).toEqual([
      rome,
      { ...oslo, validTo: start + 1_000, supersededBy: rome.id },
    ]);
  });

  it("supersedes once, whoever repeats it, and only what there is", async () => {
    const { memory, clock } = testMemory();
    const old = await memory.remember("ann", "Ann has a cat.");
    clock.advance(10);
    const dog = await memory.supersede("ann", old.id, "Ann has a dog.");
    expect(await memory.supersede("ann", old.id, "Ann has a dog.")).toEqual(dog);
    await expect(memory.supersede("ann", old.id, "Ann has a horse.")).rejects.toThrow(
      `is superseded by "${dog.id}" already`,
    );
    await expect(memory.supersede("ann", "nothing", "x")).rejects.toThrow('the user has no memory "nothing"');
    await expect(memory.supersede("ann", dog.id, { text: "Ann has a fish.", validFrom: 1 })).rejects.toThrow(
      "before the old memory became true",
    );
  });

  it("remembers anew what was superseded and became true again", async () => {
    const { memory, clock } = testMemory();
    const oslo = await memory.remember("ann", "Ann lives in Oslo.");
    clock.advance(10);
    const rome = await memory.supersede("ann", oslo.id, "Ann lives in Rome.");
    clock.advance(10);
    const back = await memory.supersede("ann", rome.id, "Ann lives in Oslo.");
    expect(back.id).toBe(`${oslo.id}~2`);
    expect((await memory.memories("ann")).map(({ id }) => id)).toEqual([back.id]);
  });

  it("loses nothing when two processes remember at once", async () => {
    const storage = memoryStorage();
    const [one, other] = [testMemory({ storage }), testMemory({ storage })];
    const texts = ["tea", "coffee", "milk", "juice", "water", "wine"].map((drink) => `Ann likes ${drink}.`);
    await Promise.all(texts.map((text, n) => (n % 2 === 0 ? one : other).memory.remember("ann", text)));
    expect((await one.memory.memories("ann")).map(({ text }) => text).sort()).toEqual([...texts].sort());
  });

  it("keeps the provenance of both when two processes learn the same at once", async () => {
    const storage = memoryStorage();
    const opened = [testMemory({ storage }), testMemory({ storage })];
    for (const { memory } of opened) await memory.memories("ann");
    const came = (sessionId: string) => ({ text: "Ann rows.", provenance: { sessionId, turnIds: ["t"], at: 1 } });
    await Promise.all(opened.map(({ memory }, n) => memory.remember("ann", came(`s${n}`))));
    const [record] = (await opened[0]?.memory.memories("ann")) ?? [];
    expect(record?.provenance.map(({ sessionId }) => sessionId).sort()).toEqual(["s0", "s1"]);
  });

  it("refuses what is no memory", async () => {
    const { memory } = testMemory();
    await expect(memory.remember("ann", " ")).rejects.toThrow("memory.text is not valid");
    await expect(memory.remember("ann", { text: "x", kind: "rumour" as "fact" })).rejects.toThrow(
      '"rumour" is not "fact", "turn" or "episode"',
    );
    await expect(memory.remember("", "x")).rejects.toThrow("user id is not valid");
  });
});
