/** The two functions of a test runner that the kits need. */
export interface TestRunner {
  describe(name: string, define: () => void): void;
  it(name: string, test: () => Promise<void> | void): void;
}

export interface ConformanceCase<Context> {
  title: string;
  run(context: Context): Promise<void>;
}

/**
 * Registers one test a case. A case named in `expectedFailures` must fail: when it passes, or when no case has such a
 * title, that is an error, so that the list stays true.
 */
export function registerCases<Context>(
  name: string,
  cases: readonly ConformanceCase<Context>[],
  run: (each: ConformanceCase<Context>) => Promise<void>,
  expectedFailures: readonly string[] = [],
  runner: TestRunner = globalThis as unknown as TestRunner,
): void {
  const { describe, it } = runner;
  if (typeof describe !== "function" || typeof it !== "function") {
    throw new Error("there are no global describe and it: pass those of the test runner as options.runner");
  }
  const titles = new Set(cases.map(({ title }) => title));
  for (const title of expectedFailures) {
    if (!titles.has(title))
      throw new Error(`expectedFailures names a case that there is not: ${JSON.stringify(title)}`);
  }
  describe(name, () => {
    for (const each of cases) {
      if (expectedFailures.includes(each.title))
        it(`does not yet: ${each.title}`, () => mustFail(each.title, run(each)));
      else it(each.title, () => run(each));
    }
  });
}

async function mustFail(title: string, running: Promise<void>): Promise<void> {
  try {
    await running;
  } catch {
    return;
  }
  throw new Error(`expected to fail, but passed: take ${JSON.stringify(title)} off expectedFailures`);
}
