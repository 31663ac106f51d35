import { readFileSync } from "node:fs";
import { join } from "node:path";
import { APP_DIR } from "./app.ts";

/** Every line of the README's `sh` blocks, without comments. */
export function readmeCommands(): string[] {
  const readme = readFileSync(join(APP_DIR, "README.md"), "utf8");
  return [...readme.matchAll(/^```sh\n(.*?)^```/gms)]
    .flatMap(([, block = ""]) => block.split("\n"))
    .map((line) => line.replace(/\s+#.*$/, "").trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
}

/** The one command that is, or begins with, `start`. */
export function readmeCommand(start: string): string {
  const found = readmeCommands().filter((command) => command.startsWith(start));
  if (found.length === 0) throw new Error(`README.md has no command that begins with "${start}"`);
  return found[0] as string;
}
