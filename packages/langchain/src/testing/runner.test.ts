import { type ConformanceCase, registerCases, type TestRunner } from "./runner.ts";

function recorded(): { runner: TestRunner; tests: Map<string, () => Promise<void> | void> } {
  const tests = new Map<string, () => Promise<void> | void>();
  return { tests, runner: { describe: (_, define) => define(), it: (title, test) => tests.set(title, test) } };
}

const cases: readonly ConformanceCase<undefined>[] = [
  { title: "passes", run: async () => {} },
  { title: "fails", run: async () => Promise.reject(new Error("wrong")) },
];
const run = (each: ConformanceCase<undefined>) => each.run(undefined);

describe("registerCases", () => {
  it("registers a test for each case", async () => {
    const { runner, tests } = recorded();
    registerCases("x", cases, run, [], runner);
    await tests.get("passes")?.();
    await expect(tests.get("fails")?.()).rejects.toThrow("wrong");
  });

  it("turns an expected failure round: it passes when the case fails, and fails when it passes", async () => {
    const { runner, tests } = recorded();
    registerCases("x", cases, run, ["passes", "fails"], runner);
    await tests.get("does not yet: fails")?.();
    await expect(tests.get("does not yet: passes")?.()).rejects.toThrow("expected to fail");
  });

  it("refuses an expected failure that no case has", () => {
    expect(() => registerCases("x", cases, run, ["flies"], recorded().runner)).toThrow('"flies"');
  });
});
