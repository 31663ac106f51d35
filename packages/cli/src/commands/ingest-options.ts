import { stat } from "node:fs/promises";
import type { Metadata } from "@sotto/core";
import { type Command, Option } from "commander";
import type { IngestOptions } from "../ingest/ingest.ts";
import { UsageError } from "../usage-error.ts";
import { keyValue, wholeNumber } from "./parse-arguments.ts";
import { addStoreOptions, type StoreOptions } from "./store-options.ts";

/** What the commands that bring files into an index have in common. */
export interface IngestFlags extends StoreOptions {
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

/** Options of `sotto ingest` and `sotto sync`. */
export function addIngestOptions(command: Command): Command {
  const own = command
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
    .option("--no-gitignore", "load what .gitignore files name, too")
    .option("--follow-links", "follow symbolic links that lead out of the folder")
    .option("--encoding <name>", "encoding of text files, for example windows-1252 (default: found out)")
    .option("--strict", "refuse a file with a damaged row, line or byte instead of leaving that out")
    .option("--allow-empty", "exit with 0 when a file gave no text, or no file was found")
    .option("--batch <n>", "documents written at once", wholeNumber(1, 100_000), 500)
    .option("--json", "print the report as JSON")
    .option("-q, --quiet", "print nothing but failures")
    .option("--no-color", "no colours");
  return addStoreOptions(own);
}

/** What the options mean, but for who is told of the progress. */
export function ingestOptionsOf(flags: IngestFlags): Omit<IngestOptions, "onProgress" | "signal"> {
  return {
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
  };
}

function chunkingOf({ chunk, maxChars, overlap }: IngestFlags) {
  return {
    ...(chunk === undefined ? {} : { by: chunk }),
    ...(maxChars === undefined ? {} : { maxChars }),
    ...(overlap === undefined ? {} : { overlapChars: overlap }),
  };
}

/** @throws UsageError for options that do not go together. */
export function assertChunking({ chunk, maxChars, overlap }: IngestFlags): void {
  if (chunk === "none" && (maxChars ?? overlap) !== undefined)
    throw new UsageError("--chunk none cuts nothing: leave out --max-chars and --overlap.");
  const most = (maxChars ?? 1_200) / 2;
  if (overlap !== undefined && overlap >= most)
    throw new UsageError(`--overlap ${overlap} must be below half of --max-chars, ${most}.`);
}

/** @throws UsageError for a path that is not there. */
export async function assertExist(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await stat(path).catch(() => {
      throw new UsageError(`There is no file or folder ${path}.`);
    });
  }
}
