import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface Child {
  /** What it printed, line by line; grows until it ends. */
  lines: string[];
  /** Resolves with its exit code or signal; rejects when it wrote to standard error. */
  ended: Promise<number | NodeJS.Signals | null>;
  process: ChildProcess;
}

/** Runs a program of this folder. `onLine` hears each line as it comes. */
export function startChild(
  program: string,
  args: string[],
  onLine?: (line: string, child: ChildProcess) => void,
): Child {
  return follow(spawn(process.execPath, [programFile(program), ...args], options), onLine);
}

/** Runs a program of this folder under a limit on the size of files it may write, in blocks of 512 bytes. */
export function startLimitedChild(program: string, args: string[], blocks: number): Child {
  const script = `ulimit -f ${blocks}; exec "$0" "$@"`;
  return follow(spawn("sh", ["-c", script, process.execPath, programFile(program), ...args], options));
}

const options = {
  stdio: ["ignore", "pipe", "pipe"] as ["ignore", "pipe", "pipe"],
  env: { ...process.env, NODE_OPTIONS: "" },
};

function programFile(program: string): string {
  return fileURLToPath(new URL(`./${program}.ts`, import.meta.url));
}

function follow(child: ChildProcess, onLine?: (line: string, child: ChildProcess) => void): Child {
  const lines: string[] = [];
  let complaint = "";
  child.stderr?.on("data", (chunk) => (complaint += chunk));
  if (child.stdout !== null) {
    createInterface({ input: child.stdout }).on("line", (line) => {
      lines.push(line);
      onLine?.(line, child);
    });
  }
  const ended = new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => (complaint === "" ? resolve(code ?? signal) : reject(new Error(complaint))));
  });
  return { lines, ended, process: child };
}
