import { createSotto, memoryStorage } from "@sotto/core";
import type { Command } from "commander";
import { interruptSignal } from "../terminal/interrupt-signal.ts";
import { processTerminal } from "../terminal/terminal.ts";
import { printChunks } from "./dry-run.ts";
import { addIngestOptions, assertChunking, assertExist, type IngestFlags } from "./ingest-options.ts";
import { finish, ingestOnce, limitsFor } from "./run-ingest.ts";
import { openSotto } from "./store-options.ts";

interface OnceFlags extends IngestFlags {
  dryRun?: boolean;
}

export function ingestCommand(program: Command): Command {
  const command = program
    .command("ingest")
    .summary("bring an index up to date with files and folders")
    .description(
      "Loads files into an index: Markdown, text, HTML, PDF, JSON, CSV, YAML, Office files, EPUB, mail, captions and more. Unchanged files are skipped, changed ones replace their old documents, and an ingest that was stopped continues where it was.",
    )
    .argument("<path...>", "files and folders")
    .option("--prune", "delete the documents of files that are gone")
    .option("--dry-run", "write nothing; print every document as it would be indexed")
    .action(runIngest);
  return addIngestOptions(command);
}

async function runIngest(paths: string[], flags: OnceFlags): Promise<void> {
  await assertExist(paths);
  assertChunking(flags);
  const terminal = processTerminal(flags);
  const interrupt = interruptSignal();
  const limits = limitsFor(flags);
  const sotto = flags.dryRun ? createSotto({ storage: memoryStorage(), limits }) : await openSotto(flags, limits);
  try {
    const report = await ingestOnce(sotto, paths, flags, terminal, interrupt.signal);
    if (flags.dryRun && !flags.json) await printChunks(sotto, flags.index, terminal);
    finish(report, flags, terminal);
  } finally {
    interrupt.release();
    await sotto.close();
  }
}
