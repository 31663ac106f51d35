import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../dist/bin.js", import.meta.url));

export interface CliResult {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** Starts the built `sotto` in `cwd`. */
export function startCli(
  cwd: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): { child: ChildProcess; result: Promise<CliResult> } {
  const {
    SOTTO_STORE: _store,
    SOTTO_EMBEDDER: _embedder,
    SOTTO_PROJECT_ID: _project,
    FORCE_COLOR: _force,
    // Where packages are found besides the folders above, as pnpm sets it for its scripts.
    NODE_PATH: _paths,
    ...own
  } = process.env;
  const child = spawn(process.execPath, [main, ...args], {
    cwd,
    env: { ...own, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (data: Buffer) => (stdout += data));
  child.stderr.on("data", (data: Buffer) => (stderr += data));
  const result = new Promise<CliResult>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return { child, result };
}

export function runCli(cwd: string, ...args: string[]): Promise<CliResult> {
  return startCli(cwd, args).result;
}
