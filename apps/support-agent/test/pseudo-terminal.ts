import { appendFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import { appEnvironment } from "./app-environment.ts";
import { appDir } from "./knowledge-base.ts";

type NodePty = typeof import("@lydell/node-pty");

/** Undefined where node-pty has no build for the platform. */
export const nodePty: NodePty | undefined = await import("@lydell/node-pty").catch((error: Error) => {
  const { SOTTO_SKIPS } = process.env;
  if (SOTTO_SKIPS)
    appendFileSync(
      SOTTO_SKIPS,
      `support-agent: no pseudo-terminal on this platform: ${error.message.split("\n")[0]}\n`,
    );
  return undefined;
});

export const CTRL_C = "\x03";
export const CTRL_D = "\x04";
export const ARROW_UP = "\x1b[A";

/** The app in a pseudo-terminal, as a person has it in front of them. */
export class PseudoTerminal {
  /** All that was printed, as it came. */
  raw = "";
  readonly exitCode: Promise<number>;
  readonly #pty: ReturnType<NodePty["spawn"]>;
  readonly #listeners = new Set<() => void>();
  /** Where `sees` looks next, in the output without control sequences. */
  #position = 0;

  constructor(args: readonly string[], env: Record<string, string> = {}) {
    this.#pty = (nodePty as NodePty).spawn(process.execPath, ["src/main.ts", ...args], {
      cwd: appDir,
      env: appEnvironment(env),
      // Wide, so that no line is wrapped.
      cols: 400,
      rows: 50,
    });
    this.#pty.onData((data) => {
      this.raw += data;
      for (const listener of this.#listeners) listener();
    });
    this.exitCode = new Promise((resolve) => this.#pty.onExit(({ exitCode }) => resolve(exitCode)));
  }

  /** All that was printed, without control sequences. */
  get text(): string {
    return stripVTControlCharacters(this.raw).replaceAll("\r", "");
  }

  press(keys: string): void {
    this.#pty.write(keys);
  }

  /** Types a line at the prompt of `user`, when it is there. */
  async enter(line: string, user: string): Promise<void> {
    await this.sees(`${user}> `);
    this.press(`${line}\r`);
    await this.sees(`${line}\n`);
  }

  /** Waits for something to be printed after what was waited for last. Answers all from there up to its end. */
  async sees(wanted: string | RegExp): Promise<string> {
    const ended = this.exitCode.then(() => "ended" as const);
    for (;;) {
      const found = this.#find(wanted);
      if (found !== undefined) return found;
      let more = () => {};
      const printed = new Promise<"printed">((resolve) => {
        more = () => resolve("printed");
        this.#listeners.add(more);
      });
      const what = await Promise.race([printed, ended]);
      this.#listeners.delete(more);
      if (what === "ended" && this.#find(wanted) === undefined)
        throw new Error(`The app ended without printing ${String(wanted)}. It printed:\n${this.text}`);
    }
  }

  /** Ends an app that a failed test left behind. */
  kill(): void {
    this.#pty.kill("SIGKILL");
  }

  #find(wanted: string | RegExp): string | undefined {
    const rest = this.text.slice(this.#position);
    const match = typeof wanted === "string" ? [wanted] : wanted.exec(rest);
    const at = match === null ? -1 : rest.indexOf(match[0] as string);
    if (match === null || at === -1) return undefined;
    const end = at + (match[0] as string).length;
    this.#position += end;
    return rest.slice(0, end);
  }
}
