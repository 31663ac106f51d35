import { readFileSync } from "node:fs";
import { join } from "node:path";
import { APP_DIR } from "../../src/settings.ts";

const text = readFileSync(join(APP_DIR, "README.md"), "utf8");

/** Every line of the README's `sh` blocks that is a command, as it stands there. */
export const readmeCommands: readonly string[] = [...text.matchAll(/^```sh\n(.*?)^```/gms)]
  .flatMap(([, block = ""]) => block.split("\n"))
  .filter((line) => line.trim() !== "" && !line.startsWith("#"));

/** What the README, in words, tells the reader to do; the first group of `pattern`. */
export function readmeSays(pattern: RegExp): string {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`README.md has nothing that matches ${pattern}`);
  return found;
}

/** The README's commands, one after another: none can be left out, and none run that is not there. */
export class ReadmeReader {
  #next = 0;

  /** The next command, which has to be or begin with `start`. */
  next(start: string): string {
    const command = readmeCommands[this.#next];
    if (command?.startsWith(start) !== true)
      throw new Error(`The README's next command is "${command}", where "${start}" was to be run`);
    this.#next++;
    return command;
  }

  /** What was not run yet. */
  get left(): readonly string[] {
    return readmeCommands.slice(this.#next);
  }
}
