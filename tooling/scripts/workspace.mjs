import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root folder. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

/** Every package of the workspace: its folder and its package.json. */
export function workspacePackages() {
  return ["packages", "apps", "tooling"]
    .flatMap((group) => readdirSync(join(root, group)).map((name) => join(root, group, name)))
    .filter((dir) => existsSync(join(dir, "package.json")))
    .map((dir) => ({ dir, manifest: JSON.parse(readFileSync(join(dir, "package.json"), "utf8")) }));
}

/** The packages that are published. */
export function publicPackages() {
  return workspacePackages().filter(({ manifest }) => !manifest.private);
}

/** `process.env` with the workspace's own tools, its node among them, in front of the PATH. */
export function toolEnv() {
  const tools = [root, join(root, "tooling", "scripts")].map((dir) => join(dir, "node_modules", ".bin"));
  return { ...process.env, TURBO_TELEMETRY_DISABLED: "1", PATH: [...tools, process.env.PATH].join(":") };
}
