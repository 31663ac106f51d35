import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";

const APP = resolve(import.meta.dirname, "..");

/** Builds the page as `npm run build` does, in a process of its own: Vite's native parts do not run inside jest's realm. */
export async function buildPage(outDir: string): Promise<void> {
  const vite = join(dirname(createRequire(import.meta.url).resolve("vite/package.json")), "bin/vite.js");
  await promisify(execFile)(process.execPath, [vite, "build", APP, "--outDir", outDir, "--logLevel", "error"], {
    cwd: APP,
    // Jest sets it to `test`, for which React would be built with its checks.
    env: { ...process.env, NODE_ENV: "production" },
  });
}
