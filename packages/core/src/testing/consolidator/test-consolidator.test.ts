import type { ConsolidationResult, Consolidator } from "../../consolidation/consolidator.ts";
import { turnConsolidator } from "../../consolidation/turn-consolidator.ts";
import { testConsolidator } from "./test-consolidator.ts";

testConsolidator("turnConsolidator", () => turnConsolidator());

/** The titles of the tests that a consolidator fails. */
async function failures(consolidator: Consolidator): Promise<string[]> {
  const tests: [string, () => Promise<void>][] = [];
  const runner = {
    describe: (_: string, define: () => void) => define(),
    it: (title: string, test: () => Promise<void>) => void tests.push([title, test]),
  };
  testConsolidator("candidate", () => consolidator, { runner });
  const failed: string[] = [];
  for (const [title, test] of tests) await test().catch(() => failed.push(title));
  return failed;
}

function altered(alter: (result: ConsolidationResult) => ConsolidationResult): Consolidator {
  const inner = turnConsolidator();
  return { id: "altered", consolidate: async (input) => alter(await inner.consolidate(input)) };
}

describe("testConsolidator", () => {
  let calls = 0;
  it.each([
    ["has an id", { ...turnConsolidator(), id: " " }],
    [
      "makes memories of a kind there is, with a text, from turns that it was given",
      altered(({ memories }) => ({ memories: memories.map((memory) => ({ ...memory, turnIds: ["other"] })) })),
    ],
    [
      "gives each memory an id of its own, or none",
      altered(({ memories }) => ({ memories: memories.map((memory) => ({ ...memory, id: "one" })) })),
    ],
    [
      "answers the same for the same input",
      altered(({ memories }) => ({ memories: memories.map((memory) => ({ ...memory, id: `id-${calls++}` })) })),
    ],
    [
      "supersedes only what it was told is known",
      altered(({ memories }) => ({ memories: memories.map((memory) => ({ ...memory, supersedes: ["other"] })) })),
    ],
    [
      "answers a profile patch that merges as JSON, or none",
      altered(({ memories }) => ({ memories, profilePatch: { data: { when: new Date(0) as never } } })),
    ],
    ["makes nothing of nothing", altered(({ memories }) => ({ memories, profilePatch: { summary: "A user." } }))],
    [
      "leaves its input as it is",
      {
        ...turnConsolidator(),
        consolidate: async (input) => {
          (input.turns as unknown[]).pop();
          return turnConsolidator().consolidate(input);
        },
      } satisfies Consolidator,
    ],
  ])("catches one that breaks: %s", async (title, consolidator) => {
    expect(await failures(consolidator)).toContain(title);
  });

  it("says what it needs where there is no test runner", () => {
    expect(() => testConsolidator("x", () => turnConsolidator(), { runner: {} as never })).toThrow(
      "found no global describe and it",
    );
  });
});
