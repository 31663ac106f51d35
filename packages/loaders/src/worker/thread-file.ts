import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { LoadError } from "../load-error.ts";

/**
 * The program of the loading thread. It lies beside this module, in the source and in the build; when this module was
 * bundled into another program, it is looked for where `@sotto/loaders` is installed.
 */
export function threadFile(): string {
  const here = fileURLToPath(import.meta.url);
  const beside = join(dirname(here), here.endsWith(".ts") ? "load-thread.ts" : "load-thread.js");
  if (existsSync(beside)) return beside;
  try {
    const manifest = createRequire(pathToFileURL(here)).resolve("@sotto/loaders/package.json");
    const installed = join(dirname(manifest), "dist", "load-thread.js");
    if (existsSync(installed)) return installed;
  } catch {
    // Not installed where this program runs.
  }
  const advice = "copy dist/load-thread.js of @sotto/loaders there, or leave @sotto/loaders out of the bundle";
  throw new LoadError("loader.failed", `${beside} is missing: ${advice}`);
}
