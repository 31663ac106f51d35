// Installs what the quickstart needs and nothing else, then runs it from its source: no build.
//   node tooling/scripts/run-demo.mjs [options of the quickstart]
// Talks on stderr, so that stdout is the quickstart's alone.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "./workspace.mjs";

const PNPM = "pnpm@12.21.0";
const quickstart = join(root, "apps", "quickstart");

/** From here on Node runs TypeScript by itself. */
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const nodeIsNew = major > 22 || (major === 22 && minor >= 18);
const hooks = new URL("resolve-internal.mjs", import.meta.url).href;
const bundledNode = join(root, "node_modules", ".bin", "node");

function run(command, args, cwd, stdio) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio });
    child.on("error", reject);
    child.on("exit", (code, signal) => resolve(signal === null ? (code ?? 1) : 1));
  });
}

async function install() {
  const installed = existsSync(join(root, "packages", "core", "node_modules", "@opentelemetry", "api"));
  if (installed && existsSync(join(quickstart, "node_modules")) && (nodeIsNew || existsSync(bundledNode))) return 0;
  process.stderr.write("Installing what the quickstart needs …\n");
  // The workspace itself brings a Node, for a machine whose own is too old.
  const filters = [
    "--filter-prod",
    "@sotto-apps/quickstart...",
    ...(nodeIsNew ? [] : ["--filter-prod", "sotto-workspace"]),
  ];
  const args = ["-y", PNPM, "install", "--frozen-lockfile", "--prod", ...filters];
  return run("npx", args, root, ["ignore", 2, 2]);
}

const installed = await install();
process.exitCode =
  installed ||
  (await run(
    nodeIsNew ? process.execPath : bundledNode,
    ["--conditions=@sotto/source", "--import", hooks, join(quickstart, "src", "main.ts"), ...process.argv.slice(2)],
    process.cwd(),
    "inherit",
  ));
