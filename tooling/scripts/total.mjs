// Adds up the counts of the test stages and prints "N passed, N failed". The arguments are the names of the stages
// that failed; one whose failure shows in no count (lint, or tests that could not start) counts as one.
import { countsFile, printFailures, readCounts, sum } from "./counts.mjs";
import { root } from "./workspace.mjs";

const stages = Object.fromEntries(
  ["test", "pack-and-import", "test-servers"].map((stage) => [stage, readCounts(countsFile(root, stage))]),
);
const total = sum(Object.values(stages).filter(Boolean));
total.failed += process.argv.slice(2).filter((stage) => !stages[stage]?.failed).length;

printFailures(total);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
