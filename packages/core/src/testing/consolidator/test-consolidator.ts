import type { Consolidator } from "../../consolidation/index.ts";
import type { TestRunner } from "../storage/test-storage.ts";
import { cases } from "./consolidator-cases.ts";

export interface TestConsolidatorOptions {
  /** What registers tests. Default: the globals `describe` and `it`. */
  runner?: TestRunner;
}

/**
 * Registers the conformance tests of the Consolidator port: what every implementation has in common, beyond what its types
 * say. `create` makes a consolidator for each test; one over a language model gets a model that answers the same every
 * time. The tests use `describe` and `it` of the test runner, taken from its globals; else pass them as `runner`. They
 * assert with plain code.
 *
 * @example
 * import { testConsolidator } from "@sotto/core/testing";
 *
 * testConsolidator("myConsolidator", () => myConsolidator({ model }));
 */
export function testConsolidator(
  name: string,
  create: () => Consolidator | Promise<Consolidator>,
  { runner = globalThis as unknown as TestRunner }: TestConsolidatorOptions = {},
): void {
  const { describe, it } = runner;
  if (typeof describe !== "function" || typeof it !== "function") {
    throw new Error(
      "testConsolidator found no global describe and it: pass those of the test runner as options.runner",
    );
  }
  describe(`${name}, a Consolidator,`, () => {
    for (const { title, run } of cases) it(title, async () => run(await create()));
  });
}
