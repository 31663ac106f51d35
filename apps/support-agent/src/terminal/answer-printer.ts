import type { AnswerEvent } from "../agent/answer.ts";
import { printable } from "./printable.ts";
import { type Screen, snippet } from "./screen.ts";

/** Prints an answer as it is made: its text to `answer`, a line for each tool call to `tools`. */
export class AnswerPrinter {
  readonly #answer: Screen;
  readonly #tools: Screen;
  /** Whether the answer stands in the middle of a line. */
  #open = false;

  constructor({ answer, tools }: { answer: Screen; tools: Screen }) {
    this.#answer = answer;
    this.#tools = tools;
  }

  print(event: AnswerEvent): void {
    if (event.type === "text") {
      this.#answer.write(event.text);
      this.#open = !event.text.endsWith("\n");
      return;
    }
    this.end();
    const { dim, red } = this.#tools.colors;
    if (event.type === "tool-call") {
      const given = Object.values(event.arguments).map((value) => printable(JSON.stringify(value)));
      this.#tools.line(dim(`  → ${printable(event.name)}(${snippet(given.join(", "), 90)})`));
    } else if (event.failed) {
      this.#tools.line(red(`  ← ${printable(event.name)} failed`));
    } else {
      const result = event.hits === undefined ? "done" : event.hits === 1 ? "1 passage" : `${event.hits} passages`;
      this.#tools.line(dim(`  ← ${result}`));
    }
  }

  /** Ends the line. */
  end(): void {
    if (this.#open) this.#answer.line();
    this.#open = false;
  }
}
