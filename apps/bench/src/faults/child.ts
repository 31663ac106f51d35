import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface Child {
  process: ChildProcess;
  /** What it printed so far, line by line. */
  lines: string[];
  ended: Promise<void>;
}

/** Runs one of the programs of this folder. */
export function startChild(program: string, args: readonly string[]): Child {
  const file = fileURLToPath(new URL(`./${program}.ts`, import.meta.url));
  const process_ = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", file, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: string[] = [];
  createInterface({ input: process_.stdout }).on("line", (line) => lines.push(line));
  const ended = new Promise<void>((resolve) => process_.once("close", () => resolve()));
  return { process: process_, lines, ended };
}

/** Waits until it has printed so many lines, or is gone. */
export async function printed(child: Child, lines: number): Promise<void> {
  while (child.lines.length < lines && child.process.exitCode === null && child.process.signalCode === null)
    await new Promise((resolve) => setTimeout(resolve, 2));
}
