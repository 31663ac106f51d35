import { existsSync } from "node:fs";
import { examineStore, type StoreExamination, sqliteStorage } from "@sotto/core/node";
import type { Command } from "commander";
import { EXIT } from "../exit-code.ts";
import { UsageError } from "../usage-error.ts";
import { addStoreOptions, type StoreOptions } from "./store-options.ts";

interface DoctorFlags extends StoreOptions {
  fix?: boolean;
  json?: boolean;
}

export function doctorCommand(program: Command): Command {
  const command = program
    .command("doctor")
    .summary("look for what is out of order in a store, and mend it")
    .description(
      "Looks for forgets that were never finished, sessions that no list holds, and entries and logs that hold nothing. Changes nothing without --fix. Exit code 0 when all is well or was mended, 1 when something is left to mend.",
    )
    .option("--fix", "put in order what is found; nobody should be using the store meanwhile")
    .option("--json", "print the result as JSON")
    .action(runDoctor);
  return addStoreOptions(command);
}

async function runDoctor({ store, project, fix = false, json = false }: DoctorFlags): Promise<void> {
  if (!existsSync(store)) throw new UsageError(`There is no store in ${store}. Name it with --store.`);
  const storage = sqliteStorage({ directory: store, ...(fix ? {} : { readOnly: true }) });
  let found: StoreExamination;
  try {
    found = await examineStore({ storage, fix, ...(project === undefined ? {} : { project }) });
  } finally {
    await storage.close();
  }
  process.stdout.write(`${json ? JSON.stringify(found, null, 2) : described(found, fix)}\n`);
  if (!fix && !isWell(found)) process.exitCode = EXIT.incomplete;
}

function isWell({ unfinishedForgets, orphanedSessions, emptyEntries, emptyUsers }: StoreExamination): boolean {
  return unfinishedForgets + orphanedSessions.length + emptyEntries.length + emptyUsers.length === 0;
}

/** Names are quoted, so that nothing in them is taken for a control of the terminal. */
function described(found: StoreExamination, fixed: boolean): string {
  if (isWell(found)) return "All is well.";
  const lines: string[] = [];
  if (found.unfinishedForgets > 0) lines.push(`Forgets that were never finished: ${found.unfinishedForgets}`);
  for (const { sessionId, owner, known } of found.orphanedSessions) {
    const remedy = known ? "goes on their list" : "of somebody who was forgotten: it is forgotten, too";
    lines.push(`Session ${JSON.stringify(sessionId)} of ${JSON.stringify(owner)} is on no list; ${remedy}.`);
  }
  for (const { userId, sessionId } of found.emptyEntries)
    lines.push(
      `User ${JSON.stringify(userId)} is listed for the session ${JSON.stringify(sessionId)}, but has no part in it.`,
    );
  for (const userId of found.emptyUsers) lines.push(`User ${JSON.stringify(userId)} has logs, but nothing in them.`);
  lines.push(fixed ? "Mended." : "Run sotto doctor --fix to mend it.");
  return lines.join("\n");
}
