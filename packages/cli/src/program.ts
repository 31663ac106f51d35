import { readFileSync } from "node:fs";
import { Command } from "commander";
import { backupCommand, restoreCommand } from "./commands/backup.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { ingestCommand } from "./commands/ingest.ts";
import { queryCommand } from "./commands/query.ts";
import { serveCommand } from "./commands/serve.ts";
import { syncCommand } from "./commands/sync.ts";

/** The command line: `sotto <command> …`. */
export function createProgram(): Command {
  const program = new Command("sotto")
    .description("Retrieval and memory for voice and chat agents, in your process.")
    .version(packageVersion())
    .showHelpAfterError("(see --help)")
    .exitOverride();
  ingestCommand(program);
  queryCommand(program);
  syncCommand(program);
  doctorCommand(program);
  backupCommand(program);
  restoreCommand(program);
  serveCommand(program);
  return program;
}

/** From the package.json beside `dist` (and beside `src`). */
function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  return version;
}
