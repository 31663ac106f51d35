import { SottoError } from "@sotto/core";
import { CommanderError } from "commander";
import { EXIT } from "./exit-code.ts";
import { readOptions } from "./options.ts";
import { run } from "./run.ts";
import { errorText } from "./terminal/error-text.ts";
import { UsageError } from "./usage-error.ts";

// A reader that went away (`… --ask … | head -1`) is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(EXIT.ok);
  throw error;
});

try {
  process.exitCode = await run(readOptions(process.argv.slice(2)));
} catch (error) {
  process.exitCode = exitCodeOf(error);
  // Commander has printed its own message, or the help, by now.
  if (!(error instanceof CommanderError)) process.stderr.write(`error: ${errorText(error)}\n`);
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  // A user or an index that cannot be called so.
  const malformed = SottoError.isInstance(error) && /^(argument|limit)\./.test(error.code);
  return malformed || error instanceof UsageError ? EXIT.usage : EXIT.failure;
}
