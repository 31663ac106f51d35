import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Where the counts of a package's test task stand: `{ passed, failed, skipped, failures }` as JSON. */
export function countsFile(dir, task) {
  return join(dir, ".test-results", `${task.replace(":", "-")}.json`);
}

export function readCounts(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

export function writeCounts(file, counts) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(counts)}\n`);
}

export function sum(counts) {
  const total = { passed: 0, failed: 0, skipped: 0, failures: [] };
  for (const each of counts) {
    for (const key of ["passed", "failed", "skipped"]) total[key] += each[key];
    total.failures.push(...(each.failures ?? []));
  }
  return total;
}

/** What failed, once more, so that the end of a long log says it. */
export function printFailures({ failures }) {
  for (const failure of failures) console.log(failure);
}
