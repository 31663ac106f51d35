import { SottoError } from "@sotto/core";
import { CommanderError } from "commander";
import { EXIT } from "./exit-code.ts";
import { createProgram } from "./program.ts";
import { UsageError } from "./usage-error.ts";

// A reader that went away (`sotto query … | head -1`) is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(EXIT.ok);
  throw error;
});

try {
  await createProgram().parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
  if (error instanceof UsageError || SottoError.isInstance(error)) process.stderr.write(`error: ${error.message}\n`);
  else if (!(error instanceof CommanderError))
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
}

/** Commander has printed its own message, or the help, by now; it gives 0 for --help and --version. */
function exitCodeOf(error: unknown): number {
  return error instanceof CommanderError && error.exitCode === 0 ? EXIT.ok : EXIT.usage;
}
