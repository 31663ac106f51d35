// Runs one test task of every package that has it, `test` unless another is named, and ends with the line
// "N passed, N failed". A package whose tests could not run (a broken build, say) counts as one failure.
//   node tooling/scripts/run-tests.mjs [test | test:servers] [turbo options]
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { countsFile, printFailures, readCounts, sum, writeCounts } from "./counts.mjs";
import { root, toolEnv, workspacePackages } from "./workspace.mjs";

const args = process.argv.slice(2);
const task = args[0] && !args[0].startsWith("-") ? args.shift() : "test";

const packages = workspacePackages().filter(({ manifest }) => manifest.scripts?.[task] !== undefined);
for (const { dir } of packages) rmSync(countsFile(dir, task), { force: true });

const code = await new Promise((resolve, reject) => {
  const child = spawn("turbo", ["run", task, "--continue=dependencies-successful", "--output-logs=full", ...args], {
    cwd: root,
    stdio: "inherit",
    env: toolEnv(),
  });
  child.on("error", reject);
  child.on("exit", (code) => resolve(code ?? 1));
});

const counts = packages.map(({ dir, manifest }) => {
  const counts = readCounts(countsFile(dir, task));
  console.log(
    counts
      ? `${manifest.name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`
      : `${manifest.name}: did not run`,
  );
  const failures = (counts?.failures ?? []).map((failure) => `${manifest.name}\n${failure}`);
  return counts ? { ...counts, failures } : { passed: 0, failed: 1, skipped: 0 };
});
const total = sum(counts);
printFailures(total);
// A task that failed without a failed test (a worker that crashed, say) is still a failure.
if (code !== 0 && total.failed === 0) total.failed = 1;
writeCounts(countsFile(root, task), total);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
