import type { TestRunner } from "../storage/test-storage.ts";
import type { AdapterCaseName, CreateAdapter } from "./adapter-fixture.ts";
import { faultCases } from "./fault-cases.ts";
import { memoryCases } from "./memory-cases.ts";
import { turnCases } from "./turn-cases.ts";

export interface TestAdapterOptions {
  /** Cases that do not hold for a framework, each with the reason. */
  skip?: readonly { name: AdapterCaseName; reason: string }[];
  /** What registers tests. Default: the globals `describe` and `it`. */
  runner?: TestRunner;
}

/**
 * Registers the conformance tests of adapters: what a user of any framework may rely on. `create` makes an adapter for
 * each test, over its framework's own doubles. The tests use `describe` and `it` of the test runner, taken from its
 * globals; else pass them as `runner`. They assert with plain code.
 *
 * @example
 * import { testAdapter } from "@sotto/core/testing";
 *
 * testAdapter("myAdapter", ({ sotto, ...options }) => testedAdapter(myAdapter(sotto, options)));
 */
export function testAdapter(
  name: string,
  create: CreateAdapter,
  { skip = [], runner = globalThis as unknown as TestRunner }: TestAdapterOptions = {},
): void {
  const { describe, it } = runner;
  if (typeof describe !== "function" || typeof it !== "function") {
    throw new Error("testAdapter found no global describe and it: pass those of the test runner as options.runner");
  }
  const skipped = new Map(skip.map((each) => [each.name, each.reason]));
  describe(`${name}, an adapter,`, () => {
    for (const { name: caseName, title, run } of [...memoryCases, ...turnCases, ...faultCases]) {
      if (!skipped.has(caseName)) it(title, () => run(create));
    }
  });
}
