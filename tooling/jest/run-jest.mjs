#!/usr/bin/env node
// Runs jest with ES modules in the current package; arguments go through to jest.
//   run-jest                    the package's tests
//   run-jest --suite=servers    only *.servers.test.ts, which need a server, a browser, a terminal or a large index
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";

const jest = join(dirname(createRequire(import.meta.url).resolve("jest/package.json")), "bin", "jest.js");

const suite = process.argv.includes("--suite=servers") ? "test-servers" : "test";
const args = process.argv.slice(2).filter((arg) => !arg.startsWith("--suite="));
if (suite === "test-servers") {
  args.unshift("--testMatch=**/*.servers.test.ts", "--testPathIgnorePatterns=/node_modules/|/dist/");
}

const countsFile = resolve(".test-results", `${suite}.json`);
rmSync(countsFile, { force: true });

const child = spawn(
  process.execPath,
  ["--experimental-vm-modules", "--disable-warning=ExperimentalWarning", jest, "--passWithNoTests", ...args],
  { stdio: "inherit", env: { ...process.env, SOTTO_TEST_COUNTS: countsFile } },
);
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code) => {
  process.exitCode = code ?? 1;
  // Without a test jest calls no reporter.
  if (code === 0 && !existsSync(countsFile)) {
    mkdirSync(dirname(countsFile), { recursive: true });
    writeFileSync(countsFile, `${JSON.stringify({ passed: 0, failed: 0, skipped: 0 })}\n`);
  }
});
