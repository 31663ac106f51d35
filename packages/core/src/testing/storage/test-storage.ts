import { appendCases } from "./append-cases.ts";
import { dataCases } from "./data-cases.ts";
import { eraseCases } from "./erase-cases.ts";
import type { StorageCase, StorageFixture } from "./fixture.ts";
import { sharedCases } from "./shared-cases.ts";
import { snapshotCases } from "./snapshot-cases.ts";
import { storeCases } from "./store-cases.ts";

export interface TestStorageOptions {
  /** Whether the store can be opened twice at once, so that fixtures have `reopen`. Default true. */
  shareable?: boolean;
  /** What registers tests. Default: the globals `describe` and `it`. */
  runner?: TestRunner;
}

/** The two functions of a test runner that the kit needs. */
export interface TestRunner {
  describe(name: string, define: () => void): void;
  it(name: string, test: () => Promise<void> | void): void;
}

const cases: readonly StorageCase[] = [
  ...appendCases,
  ...dataCases,
  ...snapshotCases,
  ...eraseCases,
  ...storeCases,
  ...sharedCases,
];

/**
 * Registers the conformance tests of the Storage port: what every implementation has in common, beyond what its types
 * say. `create` makes an empty store for each test. The tests use `describe` and `it` of the test runner, taken from its
 * globals, as jest has them and vitest with `globals: true`; else pass them as `runner`. They assert with plain code.
 *
 * @example
 * import { testStorage } from "@sotto/core/testing";
 *
 * testStorage("myStorage", async () => {
 *   const directory = await mkdtemp(join(tmpdir(), "my-storage-"));
 *   return {
 *     storage: myStorage({ directory }),
 *     reopen: async () => myStorage({ directory }),
 *     cleanup: () => rm(directory, { recursive: true }),
 *   };
 * });
 */
export function testStorage(
  name: string,
  create: () => Promise<StorageFixture>,
  { shareable = true, runner = globalThis as unknown as TestRunner }: TestStorageOptions = {},
): void {
  const { describe, it } = runner;
  if (typeof describe !== "function" || typeof it !== "function") {
    throw new Error("testStorage found no global describe and it: pass those of the test runner as options.runner");
  }
  describe(`${name}, a Storage,`, () => {
    for (const each of cases) {
      if (shareable || !each.needsReopen) it(each.title, () => runCase(each, create));
    }
  });
}

async function runCase(each: StorageCase, create: () => Promise<StorageFixture>): Promise<void> {
  const { storage, reopen, cleanup } = await create();
  const opened = [storage];
  const context = {
    storage,
    async reopen() {
      if (reopen === undefined) throw new Error("the fixture has no reopen: add it, or pass shareable: false");
      const again = await reopen();
      opened.push(again);
      return again;
    },
  };
  try {
    await each.run(context);
  } finally {
    await Promise.all(opened.map((one) => one.close()));
    await cleanup?.();
  }
}
