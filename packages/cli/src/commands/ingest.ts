import { stat } from "node:fs/promises";
import type { Metadata } from "@sotto/core";
import { MOST_DOCUMENT_CHARS } from "@sotto/loaders";
import { type Command, Option } from "commander";
import { EXIT } from "../exit-code.ts";
import { ingest } from "../ingest/ingest.ts";
import type { IngestReport } from "../ingest/ingest-report.ts";
import { interruptSignal } from "../terminal/interrupt-signal.ts";
import { progressBar } from "../terminal/progress-bar.ts";
import { processTerminal } from "../terminal/terminal.ts";
import { UsageError } from "../usage-error.ts";
import { ingestSummary } from "./ingest-summary.ts";
import { keyValue, wholeNumber } from "./parse-arguments.ts";
import { addStoreOptions, openSotto, type StoreOptions } from "./store-options.ts";

interface IngestFlags extends StoreOptions {
  index: string;
  prefix?: string;
  chunk?: "heading" | "sentence" | "size" | "none";
  maxChars?: number;
  overlap?: number;
  textField?: string;
  idField?: string;
  metadata?: Metadata;
  replace?: boolean;
  prune?: boolean;
  gitignore: boolean;
  followLinks?: boolean;
  encoding?: string;
  strict?: boolean;
  allowEmpty?: boolean;
  batch: number;
  json?: boolean;
  quiet?: boolean;
  color: boolean;
}

export function ingestCommand(program: Command): Command {
  const command = program
    .command("ingest")
    .summary("bring an index up to date with files and folders")
    .description(
      "Loads Markdown, text, HTML, PDF, JSON, JSON lines and CSV into an index. Unchanged files are skipped, changed ones replace their old documents, and an ingest that was stopped continues where it was.",
    )
    .argument("<path...>", "files and folders")
    .requiredOption("-i, --index <name>", "index to write; it is made when it does not exist")
    .option("--prefix <text>", "put before every document id, for example handbook/")
    .addOption(
      new Option("--chunk <how>", "cut documents (default: heading for Markdown and HTML, else sentence)").choices([
        "heading",
        "sentence",
        "size",
        "none",
      ]),
    )
    .option("--max-chars <n>", "most characters of a chunk (default: 1200)", wholeNumber(100, 20_000))
    .option("--overlap <n>", "characters repeated from the chunk before (default: 0; 150 for size)", wholeNumber(0))
    .option("--text-field <names>", "JSON and CSV: fields of the text, separated by commas (default: detected)")
    .option("--id-field <name>", "JSON and CSV: field that names a row (default: detected)")
    .option("-m, --metadata <field=value>", "put on every document; repeatable", keyValue)
    .option("--replace", "build the index anew")
    .option("--prune", "delete the documents of files that are gone")
    .option("--no-gitignore", "load what .gitignore files name, too")
    .option("--follow-links", "follow symbolic links that lead out of the folder")
    .option("--encoding <name>", "encoding of text files, for example windows-1252 (default: found out)")
    .option("--strict", "refuse a file with a damaged row, line or byte instead of leaving that out")
    .option("--allow-empty", "exit with 0 when a file gave no text, or no file was found")
    .option("--batch <n>", "documents written at once", wholeNumber(1, 100_000), 500)
    .option("--json", "print the report as JSON")
    .option("-q, --quiet", "print nothing but failures")
    .option("--no-color", "no colours")
    .action(runIngest);
  return addStoreOptions(command);
}

async function runIngest(paths: string[], flags: IngestFlags): Promise<void> {
  await assertExist(paths);
  assertChunking(flags);
  const terminal = processTerminal(flags);
  const interrupt = interruptSignal();
  const started = performance.now();
  const sotto = await openSotto(flags, flags.chunk === "none" ? {} : { documentChars: MOST_DOCUMENT_CHARS });
  const bar = progressBar(terminal, { quiet: flags.quiet === true || flags.json === true });
  let report: IngestReport;
  try {
    report = await ingest(sotto, paths, {
      index: flags.index,
      chunking: chunkingOf(flags),
      replace: flags.replace ?? false,
      prune: flags.prune ?? false,
      gitignore: flags.gitignore,
      batchDocuments: flags.batch,
      ...(flags.followLinks === undefined ? {} : { followLinks: flags.followLinks }),
      ...(flags.encoding === undefined ? {} : { encoding: flags.encoding }),
      ...(flags.strict === undefined ? {} : { strict: flags.strict }),
      ...(flags.prefix === undefined ? {} : { prefix: flags.prefix }),
      ...(flags.textField === undefined ? {} : { textFields: flags.textField.split(",").map((field) => field.trim()) }),
      ...(flags.idField === undefined ? {} : { idField: flags.idField }),
      ...(flags.metadata === undefined ? {} : { metadata: flags.metadata }),
      onProgress: (done, total, source) => bar.update(done, total, source),
      signal: interrupt.signal,
    });
  } finally {
    bar.stop();
    interrupt.release();
    await sotto.close();
  }
  report.files.failed = report.failures.length;
  report.tookMs = Math.round(performance.now() - started);
  if (flags.json) terminal.out(JSON.stringify(report, null, 2));
  else ingestSummary(report, terminal, { quiet: flags.quiet === true });
  if (report.interrupted) process.exitCode = EXIT.interrupted;
  else if (isIncomplete(report, flags)) process.exitCode = EXIT.incomplete;
}

/** Files that could not be loaded, and, unless it is allowed, files without text or no file at all. */
function isIncomplete({ failures, files }: IngestReport, { allowEmpty }: IngestFlags): boolean {
  return failures.length > 0 || (allowEmpty !== true && (files.empty > 0 || files.found === 0));
}

function chunkingOf({ chunk, maxChars, overlap }: IngestFlags) {
  return {
    ...(chunk === undefined ? {} : { by: chunk }),
    ...(maxChars === undefined ? {} : { maxChars }),
    ...(overlap === undefined ? {} : { overlapChars: overlap }),
  };
}

function assertChunking({ chunk, maxChars, overlap }: IngestFlags): void {
  if (chunk === "none" && (maxChars ?? overlap) !== undefined)
    throw new UsageError("--chunk none cuts nothing: leave out --max-chars and --overlap.");
  const most = (maxChars ?? 1_200) / 2;
  if (overlap !== undefined && overlap >= most)
    throw new UsageError(`--overlap ${overlap} must be below half of --max-chars, ${most}.`);
}

async function assertExist(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await stat(path).catch(() => {
      throw new UsageError(`There is no file or folder ${path}.`);
    });
  }
}
