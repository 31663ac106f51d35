import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { StreamOf } from "./stream-of.ts";

export interface ChildOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
}

/** A process of the stack, with its output by lines. It leads a group of its own, so that `stop` reaches its children. */
export class Child {
  readonly lines = new StreamOf<string>();
  readonly #process: ChildProcess;
  readonly #name: string;

  constructor(command: string, args: readonly string[], { cwd, env }: ChildOptions = {}) {
    this.#name = [command, ...args].join(" ");
    this.#process = spawn(command, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    this.#process.on("error", (error) => this.lines.push(`did not start: ${error.message}`));
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

  /** SIGTERM, and SIGKILL after `graceMs`, to the process and its children. */
  async stop(graceMs = 10_000): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null || this.#process.pid === undefined) return;
    const exited = once(this.#process, "exit");
    this.#signal("SIGTERM");
    const timer = setTimeout(() => this.#signal("SIGKILL"), graceMs);
    await exited;
    clearTimeout(timer);
    this.#signal("SIGKILL");
  }

  #signal(signal: NodeJS.Signals): void {
    try {
      process.kill(-this.pid, signal);
    } catch {
      // Nobody is left in the group.
    }
  }
}
