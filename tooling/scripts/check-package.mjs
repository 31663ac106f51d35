#!/usr/bin/env node
// Packs the package in the current folder as it would be published, and checks the tarball: publint on the
// manifest, @arethetypeswrong/cli on the types.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toolEnv } from "./workspace.mjs";

const { exports = {} } = JSON.parse(readFileSync("package.json", "utf8"));
const entries = Object.values(exports).filter((target) => typeof target === "object");

const temp = mkdtempSync(join(tmpdir(), "sotto-check-"));
try {
  run("pnpm", ["--silent", "pack", "--pack-destination", temp]);
  const tarball = join(temp, readdirSync(temp)[0]);
  run("publint", ["run", tarball, "--strict"]);
  // A package with a command only has no types to check.
  if (entries.length > 0) {
    const profile = entries.some((target) => target.require) ? "node16" : "esm-only";
    run("attw", [tarball, "--profile", profile]);
  }
} finally {
  rmSync(temp, { recursive: true, force: true });
}

function run(command, args) {
  if (process.exitCode) return;
  const { status, error } = spawnSync(command, args, { stdio: "inherit", env: toolEnv() });
  if (error) throw error;
  process.exitCode = status ?? 1;
}
