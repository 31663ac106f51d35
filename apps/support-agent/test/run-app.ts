import { type ChildProcess, spawn } from "node:child_process";
import { appEnvironment } from "./app-environment.ts";
import { appDir } from "./knowledge-base.ts";

export interface AppResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunningApp {
  child: ChildProcess;
  /** What stands on stdout so far. */
  stdout(): string;
  result: Promise<AppResult>;
}

/** Starts the app as a child process on pipes. */
export function startApp(args: readonly string[], env: Record<string, string> = {}, input?: string): RunningApp {
  const child = spawn(process.execPath, ["src/main.ts", ...args], {
    cwd: appDir,
    env: appEnvironment(env),
    stdio: ["pipe", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  if (input !== undefined) child.stdin.end(input);
  const result = new Promise<AppResult>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
  return { child, stdout: () => stdout, result };
}

export function runApp(args: readonly string[], env?: Record<string, string>, input = ""): Promise<AppResult> {
  return startApp(args, env, input).result;
}
