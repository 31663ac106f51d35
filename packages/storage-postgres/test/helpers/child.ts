import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export interface Child {
  /** What it printed so far, by lines. */
  lines(): readonly string[];
  /** Resolves when it has printed a line for which `isWanted` holds; rejects when it ends before. */
  printed(isWanted: (line: string) => boolean): Promise<void>;
  kill(): Promise<void>;
}

/** Runs a program of this folder. */
export function startChild(program: string, args: readonly string[]): Child {
  const file = fileURLToPath(new URL(program, import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [file, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const exited = once(child, "exit");
  const lines: string[] = [];
  let [rest, errors] = ["", ""];
  let onLine = () => {};
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    const parts = (rest + text).split("\n");
    rest = parts.pop() ?? "";
    lines.push(...parts);
    onLine();
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  return {
    lines: () => lines,
    printed: (isWanted) =>
      new Promise((resolve, reject) => {
        onLine = () => lines.some(isWanted) && resolve();
        onLine();
        exited.then(() => reject(new Error(`${program} ended: ${errors}`)));
      }),
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}
