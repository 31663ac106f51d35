import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type RunningProcess, survivors, treeOf } from "./process-tree.ts";
import { StreamOf } from "./stream-of.ts";

export interface ChildOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
}

/** A process of the stack, with its output by lines. It leads a group of its own, as a command in a terminal does. */
export class Child {
  readonly lines = new StreamOf<string>();
  /** The exit code, null when a signal ended it, once all output is there. */
  readonly ended: Promise<number | null>;
  readonly #process: ChildProcess;
  readonly #name: string;

  constructor(command: string, args: readonly string[], { cwd, env }: ChildOptions = {}) {
    this.#name = [command, ...args].join(" ");
    this.#process = spawn(command, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    this.#process.on("error", (error) => this.lines.push(`did not start: ${error.message}`));
    this.ended = new Promise((resolve) => this.#process.once("close", resolve));
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      let rest = "";
      stream?.setEncoding("utf8").on("data", (text: string) => {
        const lines = (rest + text).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) this.lines.push(line);
      });
    }
  }

  get pid(): number {
    if (this.#process.pid === undefined) throw new Error(`${this.#name} did not start`);
    return this.#process.pid;
  }

  /** Waits for a line that holds `text`; an exit before it is an error with the last lines. */
  async says(text: string, timeoutMs = 60_000): Promise<string> {
    const exited = once(this.#process, "exit").then(([code]) => {
      throw new Error(
        `${this.#name} ended with ${code} before it said "${text}":\n${this.lines.all.slice(-15).join("\n")}`,
      );
    });
    return Promise.race([
      this.lines.first(`"${text}" of ${this.#name}`, (line) => line.includes(text), timeoutMs),
      exited,
    ]);
  }

  /** Ctrl-C: SIGINT to the group. Answers what of all that it had started is still there `graceMs` later. */
  async interrupt(graceMs = 20_000): Promise<RunningProcess[]> {
    const tree = await treeOf(this.pid);
    this.#signal("SIGINT");
    return survivors(tree, graceMs);
  }

  /** SIGTERM to the group, and after `graceMs` SIGKILL to all that it had started. */
  async stop(graceMs = 15_000): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null || this.#process.pid === undefined) return;
    const tree = await treeOf(this.pid);
    this.#signal("SIGTERM");
    for (const { pid } of await survivors(tree, graceMs)) kill(pid, "SIGKILL");
    this.#signal("SIGKILL");
    await this.ended;
  }

  #signal(signal: NodeJS.Signals): void {
    kill(-this.pid, signal);
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Nobody is there any more.
  }
}
