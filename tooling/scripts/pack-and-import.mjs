// Packs every public package, installs the tarballs with plain npm in a folder outside the workspace, and there
// imports each entry point (and requires it where it has a CommonJS build), checks that its types resolve both ways,
// and runs each command with --help. Ends with the line "N passed, N failed".
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { countsFile, writeCounts } from "./counts.mjs";
import { publicPackages, root, toolEnv } from "./workspace.mjs";

const packages = publicPackages();
const temp = mkdtempSync(join(tmpdir(), "sotto-pack-"));
const project = join(temp, "project");
const env = { ...toolEnv(), ONNXRUNTIME_NODE_INSTALL: "skip" };
/** Imported when it is first used, and large: entry points have to work without it. */
const LAZY = new Set(["@huggingface/transformers", "onnxruntime-node"]);
const counts = { passed: 0, failed: 0, skipped: 0 };

try {
  if (step("build", "turbo", ["run", "build", "--filter=./packages/*", "--output-logs=errors-only"], root)) {
    if (installTarballs()) for (const { manifest } of packages) checkInstalled(manifest);
  }
} finally {
  rmSync(temp, { recursive: true, force: true });
}
writeCounts(countsFile(root, "pack-and-import"), counts);
console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed > 0 ? 1 : 0;

function installTarballs() {
  const dependencies = {};
  for (const { dir, manifest } of packages) {
    const destination = join(temp, manifest.name.replace("/", "-"));
    if (!step(`${manifest.name}: pack`, "pnpm", ["--silent", "pack", "--pack-destination", destination], dir))
      return false;
    dependencies[manifest.name] = `file:${join(destination, readdirSync(destination)[0])}`;
    Object.assign(dependencies, optionalPeers(dir, manifest));
  }
  write("package.json", JSON.stringify({ name: "outside", private: true, dependencies }, null, 2));
  const options = ["--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"];
  return step("npm install of all tarballs", "npm", ["install", "--prefix", project, ...options], project);
}

/** npm leaves optional peers out, but the entry points that are for them need them: in the versions of the workspace. */
function optionalPeers(dir, { peerDependencies = {}, peerDependenciesMeta = {} }) {
  const names = Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional && !LAZY.has(name));
  return Object.fromEntries(
    names.map((name) => [
      name,
      JSON.parse(readFileSync(join(dir, "node_modules", name, "package.json"), "utf8")).version,
    ]),
  );
}

function checkInstalled({ name, exports = {}, bin = {} }) {
  for (const [subpath, target] of Object.entries(exports)) {
    if (typeof target === "string") continue;
    const specifier = name + subpath.slice(1);
    node(`import ${specifier}`, "check.mjs", `import * as it from "${specifier}"; void it;`);
    types(`types of ${specifier} for import`, "check.mts", specifier);
    if (target.require === undefined) continue;
    node(`require ${specifier}`, "check.cjs", `void require("${specifier}");`);
    types(`types of ${specifier} for require`, "check.cts", specifier);
  }
  for (const command of Object.keys(bin)) {
    step(`${command} --help`, join(project, "node_modules", ".bin", command), ["--help"], project);
  }
}

function node(title, file, source) {
  write(file, source);
  step(title, process.execPath, [file], project);
}

function types(title, file, specifier) {
  write(file, `import * as it from "${specifier}";\nexport type It = typeof it;\n`);
  const options = [
    "--ignoreConfig",
    "--noEmit",
    "--strict",
    "--skipLibCheck",
    "--target",
    "es2022",
    "--module",
    "nodenext",
  ];
  step(title, "tsc", [...options, file], project);
}

function write(file, text) {
  mkdirSync(project, { recursive: true });
  writeFileSync(join(project, file), text);
}

/** Runs one command; its output is shown only when it fails. */
function step(title, command, args, cwd) {
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: "utf8" });
  const ok = status === 0;
  counts[ok ? "passed" : "failed"] += 1;
  console.log(`${ok ? "ok    " : "FAILED"} ${title}`);
  if (!ok) console.log([error?.message, stdout, stderr].filter(Boolean).join("\n").trimEnd());
  return ok;
}
