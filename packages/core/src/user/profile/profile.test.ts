import { testMemory } from "../../../test/memory/test-memory.ts";
import { memoryStorage } from "../../storage/memory/memory-storage.ts";
import { mergePatch } from "./merge-patch.ts";

describe("a profile", () => {
  it("is empty, of version 0, for a user nobody knows", async () => {
    const { memory } = testMemory();
    expect(await memory.profile("ann")).toEqual({ data: {}, summary: "", version: 0, updatedAt: 0 });
  });

  it("is changed by merge patches and keeps its history", async () => {
    const { memory, clock } = testMemory();
    const start = clock.now();
    await memory.updateProfile("ann", {
      data: { name: "Ann", address: { city: "Oslo", zip: "0150" }, likes: ["tea"] },
    });
    clock.advance(5);
    const profile = await memory.updateProfile("ann", { data: { address: { zip: null }, likes: ["rain", "tea"] } });
    expect(profile).toEqual({
      data: { name: "Ann", address: { city: "Oslo" }, likes: ["rain", "tea"] },
      summary: "name: Ann\naddress.city: Oslo\nlikes: rain, tea",
      version: 2,
      updatedAt: start + 5,
    });
    expect(
      (await memory.profileHistory("ann")).map(({ version, data, patch }) => [version, data.likes, patch.data?.likes]),
    ).toEqual([
      [1, ["tea"], ["tea"]],
      [2, ["rain", "tea"], ["rain", "tea"]],
    ]);
  });

  it("shows the summary that was set, until it is taken away", async () => {
    const { memory } = testMemory();
    await memory.updateProfile("ann", { data: { name: "Ann" }, summary: "A regular guest." });
    expect((await memory.profile("ann")).summary).toBe("A regular guest.");
    expect((await memory.updateProfile("ann", { summary: null })).summary).toBe("name: Ann");
  });

  it("is the same in every process", async () => {
    const storage = memoryStorage();
    const [one, other] = [testMemory({ storage }), testMemory({ storage })];
    await other.memory.profile("ann");
    await Promise.all([
      one.memory.updateProfile("ann", { data: { a: 1 } }),
      other.memory.updateProfile("ann", { data: { b: 2 } }),
    ]);
    expect(await one.memory.profile("ann")).toEqual(await other.memory.profile("ann"));
    expect((await one.memory.profile("ann")).data).toEqual({ a: 1, b: 2 });
  });

  it("outlives compaction of its log", async () => {
    const storage = memoryStorage();
    const { memory } = testMemory({ storage });
    for (let n = 1; n <= 1_100; n++) await memory.updateProfile("ann", { data: { n } });
    const log = await storage.open("test/user/ann/profile");
    expect((await log.head()).base).toBeGreaterThan(0);
    expect(await testMemory({ storage }).memory.profile("ann")).toMatchObject({ data: { n: 1_100 }, version: 1_100 });
  });

  it("refuses what is no patch", async () => {
    const { memory } = testMemory();
    await expect(memory.updateProfile("ann", {})).rejects.toThrow("it has neither data nor summary");
    await expect(memory.updateProfile("ann", { data: [] as never })).rejects.toThrow("patch.data is not valid");
  });
});

// The examples of RFC 7396, appendix A.
describe("a merge patch", () => {
  it.each([
    ['{"a":"b"}', '{"a":"c"}', '{"a":"c"}'],
    ['{"a":"b"}', '{"b":"c"}', '{"a":"b","b":"c"}'],
    ['{"a":"b"}', '{"a":null}', "{}"],
    ['{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'],
    ['{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'],
    ['{"a":"c"}', '{"a":["b"]}', '{"a":["b"]}'],
    ['{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'],
    ['{"a":[{"b":"c"}]}', '{"a":[1]}', '{"a":[1]}'],
    ['["a","b"]', '["c","d"]', '["c","d"]'],
    ['{"a":"b"}', '["c"]', '["c"]'],
    ['{"a":"foo"}', "null", "null"],
    ['{"a":"foo"}', '"bar"', '"bar"'],
    ['{"e":null}', '{"a":1}', '{"e":null,"a":1}'],
    ["[1,2]", '{"a":"b","c":null}', '{"a":"b"}'],
    ["{}", '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}'],
    ["{}", '{"__proto__":{"x":1}}', '{"__proto__":{"x":1}}'],
  ])("turns %s by %s into %s", (target, patch, result) => {
    expect(JSON.stringify(mergePatch(JSON.parse(target), JSON.parse(patch)))).toBe(result);
  });
});
