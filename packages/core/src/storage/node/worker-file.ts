import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { StorageUnavailableError } from "../../errors/index.ts";

/**
 * The program of the worker thread. It lies beside this module, in the source and in both builds; when this module was
 * bundled into another program, it is looked for where `@sotto/core` is installed. `store` is for the message.
 */
export function workerFile(store: string): string {
  const here = thisFile();
  const beside = join(dirname(here), here.endsWith(".ts") ? "sqlite-worker.ts" : "sqlite-worker.js");
  if (existsSync(beside)) return beside;
  try {
    const manifest = createRequire(pathToFileURL(here)).resolve("@sotto/core/package.json");
    const installed = join(dirname(manifest), "dist", "sqlite-worker.js");
    if (existsSync(installed)) return installed;
  } catch {
    // Not installed where this program runs.
  }
  const advice = "Copy dist/sqlite-worker.js of @sotto/core there, or leave @sotto/core out of the bundle";
  throw new StorageUnavailableError(store, `${beside} is missing. ${advice}`);
}

function thisFile(): string {
  // CommonJS knows its file; what stands in for import.meta.url there has no URL for a path with a "#" in it. It has to be
  // `module`, not `__filename`: the build would put what that is in ES modules into chunks that browsers load.
  const filename = typeof module === "object" ? module?.filename : undefined;
  return filename ?? fileURLToPath(import.meta.url);
}
