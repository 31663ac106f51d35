import { createInterface, type Interface } from "node:readline";
import { PromptOutput } from "./prompt-output.ts";

/** What came from the user: a line, Ctrl-C, or the end of input (Ctrl-D). */
export type Input = { type: "line"; text: string } | { type: "interrupt" } | { type: "end" };

const HISTORY_LINES = 200;

/**
 * Lines from a terminal, with editing and a history that lasts as long as the process, or from a pipe. Lines that are
 * typed ahead wait until they are asked for.
 */
export class LineInput {
  readonly #readline: Interface;
  readonly #output: PromptOutput;
  readonly #terminal: boolean;
  readonly #lines: string[] = [];
  #history: string[] = [];
  #keepsHistory = true;
  #ended = false;
  #waiting: ((input: Input) => void) | undefined;
  #onInterrupt: (() => void) | undefined;

  constructor(input: NodeJS.ReadStream = process.stdin, output: NodeJS.WriteStream = process.stdout) {
    this.#terminal = input.isTTY === true && output.isTTY === true;
    this.#output = new PromptOutput(output);
    this.#readline = createInterface({
      input,
      output: this.#output,
      terminal: this.#terminal,
      historySize: HISTORY_LINES,
      removeHistoryDuplicates: true,
    });
    this.#readline.on("line", (text) => this.#take({ type: "line", text }));
    this.#readline.on("close", () => this.#take({ type: "end" }));
    this.#readline.on("SIGINT", () => this.interrupt());
    this.#readline.on("history", (history) => {
      if (!this.#keepsHistory) history.shift();
      this.#history = history;
    });
    this.#mute(true);
  }

  /** Called on Ctrl-C while no line is asked for; at a prompt Ctrl-C is what `ask` answers. */
  set onInterrupt(listener: (() => void) | undefined) {
    this.#onInterrupt = listener;
  }

  /** As if Ctrl-C were pressed. */
  interrupt(): void {
    if (this.#waiting !== undefined) this.#take({ type: "interrupt" });
    else this.#onInterrupt?.();
  }

  /** The next line. */
  ask(prompt: string): Promise<Input> {
    const typedAhead = this.#lines.shift();
    if (typedAhead !== undefined) {
      if (this.#terminal) this.#show(`${prompt}${typedAhead}\n`);
      return Promise.resolve({ type: "line", text: typedAhead });
    }
    if (this.#ended) return Promise.resolve({ type: "end" });
    const answer = new Promise<Input>((resolve) => {
      this.#waiting = resolve;
    });
    this.#mute(false);
    this.#readline.setPrompt(this.#terminal ? prompt : "");
    this.#readline.prompt(true);
    return answer;
  }

  /** Whether the user says yes to a question: typed after it, and not kept in the history. */
  async confirm(prompt: string): Promise<boolean> {
    if (this.#terminal) {
      this.#lines.length = 0;
      this.#readline.write(null, { ctrl: true, name: "u" });
    }
    this.#keepsHistory = false;
    const input = await this.ask(prompt);
    this.#keepsHistory = true;
    return input.type === "line" && /^y(es)?$/i.test(input.text.trim());
  }

  forgetHistory(): void {
    this.#history.length = 0;
  }

  close(): void {
    this.#onInterrupt = undefined;
    this.#readline.close();
    this.#output.destroy();
  }

  #take(input: Input): void {
    if (input.type === "end") this.#ended = true;
    const waiting = this.#waiting;
    if (waiting === undefined) {
      if (input.type === "line") this.#lines.push(input.text);
      return;
    }
    this.#waiting = undefined;
    if (input.type !== "line" && this.#terminal) this.#show("\n");
    this.#mute(true);
    waiting(input);
  }

  #show(text: string): void {
    this.#mute(false);
    this.#output.write(text);
    this.#mute(true);
  }

  #mute(muted: boolean): void {
    this.#output.muted = muted && this.#terminal;
  }
}
