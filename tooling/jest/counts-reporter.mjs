import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Writes `{ passed, failed, skipped, failures }` to the file named by SOTTO_TEST_COUNTS, and appends the name of each
 * skipped test to the file named by SOTTO_SKIPS. A test file that could not run counts as one failure. `failures` has what
 * jest said of each, so that it can be said again at the end of a long log.
 */
export default class CountsReporter {
  onRunComplete(_contexts, results) {
    const counts = {
      passed: results.numPassedTests,
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
      failures: results.testResults.map(({ failureMessage }) => failureMessage).filter(Boolean),
    };
    const file = process.env.SOTTO_TEST_COUNTS;
    if (file) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${JSON.stringify(counts)}\n`);
    }
    if (process.env.SOTTO_SKIPS && counts.skipped > 0) {
      const names = results.testResults
        .flatMap((suite) => suite.testResults)
        .filter((test) => test.status === "pending" || test.status === "todo")
        .map((test) => `${process.env.npm_package_name ?? ""}: ${test.fullName} (${test.status} in its test file)\n`);
      appendFileSync(process.env.SOTTO_SKIPS, names.join(""));
    }
  }
}
