import { readFile } from "node:fs/promises";
import type { Sotto } from "@sotto/core";
import { contentHash } from "../files/content-hash.ts";
import { type FindOptions, findFiles } from "../files/find-files.ts";
import { type LoadFileOptions, loadFile } from "../files/load-file.ts";
import type { SourceFile } from "../files/source-file.ts";
import { hashedOptions } from "../load-paths.ts";
import { UsageError } from "../usage-error.ts";
import { type ChunkingChoice, chunkingFor } from "./chunking-choice.ts";
import { type IngestReport, newReport } from "./ingest-report.ts";
import { prune } from "./prune.ts";
import { isUpToDate, type StoredFile, type StoredFiles, storedFiles } from "./stored-files.ts";
import { type FileWrites, WriteQueue } from "./write-queue.ts";

export interface IngestOptions extends FindOptions, LoadFileOptions {
  index: string;
  chunking: ChunkingChoice;
  /** Build the index anew. */
  replace: boolean;
  /** Delete the documents of files that are gone. */
  prune: boolean;
  /** Documents written at once. */
  batchDocuments: number;
  /** Files done (loaded and judged, if not yet written), and in all. */
  onProgress: (done: number, total: number, source: string) => void;
  signal: AbortSignal;
}

/**
 * Brings an index up to date with files: new and changed files are written, unchanged ones skipped, in batches, so that
 * an ingest that was killed continues where it was. Ends early, without an error, when `signal` is aborted.
 */
export async function ingest(sotto: Sotto, paths: readonly string[], options: IngestOptions): Promise<IngestReport> {
  const report = newReport(options.index);
  const found = await findFiles(paths, options);
  report.files.found = found.files.length;
  report.files.otherTypes = found.otherTypes;
  if (options.prune && !found.hasFolder)
    throw new UsageError("--prune needs a folder: what is gone from it is deleted.");

  const stored = await openIndex(sotto, options);
  try {
    await ingestFiles(sotto, found.files, stored, options, report);
    if (options.prune) report.files.pruned = await prune(sotto, stored, found.files, options, report);
  } catch (error) {
    if (!options.signal.aborted) throw error;
    report.interrupted = true;
  }
  const { docCount, chunkCount, version } = await sotto.getIndex(options.index);
  report.indexNow = { docCount, chunkCount, version };
  return report;
}

async function openIndex(sotto: Sotto, { index, replace, chunking }: IngestOptions): Promise<StoredFiles> {
  const stored = replace ? undefined : await storedFiles(sotto, index);
  if (stored === undefined) {
    // Files are cut by their type unless one way was asked for; only then does the index remember it for later documents.
    const remembered = chunking.by === undefined ? undefined : chunkingFor("text", chunking);
    await sotto.createIndex(index, [], {
      ifExists: "replace",
      ...(remembered === undefined ? {} : { chunking: remembered }),
    });
    return new Map();
  }
  const remembered = (await sotto.getIndex(index)).chunking;
  if (chunking.by === "none" && remembered !== undefined) {
    throw new UsageError(`The index "${index}" cuts its documents by ${remembered.by}; --chunk none needs --replace.`);
  }
  return stored;
}

async function ingestFiles(
  sotto: Sotto,
  files: readonly SourceFile[],
  stored: StoredFiles,
  options: IngestOptions,
  report: IngestReport,
): Promise<void> {
  const { index, batchDocuments, signal } = options;
  const fail = (source: string, error: Error) => void report.failures.push({ source, error: error.message });
  const done = (source: string, written: number, deleted: number) => {
    report.documents.written += written;
    report.documents.deleted += deleted;
    if (written === 0 && deleted === 0) report.files.empty++;
    else if (stored.has(source)) report.files.changed++;
    else report.files.added++;
  };
  // One queue for each way to cut documents: a batch is cut in one way.
  const queues = new Map<string, WriteQueue>();
  const queueFor = ({ loader }: SourceFile): WriteQueue => {
    const chunking = chunkingFor(loader.type, options.chunking);
    const by = chunking?.by ?? "none";
    const queue =
      queues.get(by) ??
      new WriteQueue({ sotto, index, chunking, batchDocuments, onFileDone: done, onFileFailed: fail });
    queues.set(by, queue);
    return queue;
  };

  const paths = new Map<string, string>();
  for (const [position, file] of files.entries()) {
    signal.throwIfAborted();
    options.onProgress(position, files.length, file.source);
    const other = paths.get(file.source);
    if (other !== undefined) {
      const reason = `${file.path} and ${other} have the same name in the index; ingest one of them with --prefix`;
      fail(file.source, new Error(reason));
      continue;
    }
    paths.set(file.source, file.path);
    const plan = await planFile(file, stored.get(file.source), options).catch((error: Error) =>
      fail(file.source, error),
    );
    if (plan === "unchanged") report.files.unchanged++;
    else if (plan !== undefined) await queueFor(file).add(plan, signal);
  }
  for (const queue of queues.values()) await queue.flush(signal);
  options.onProgress(files.length, files.length, "");
}

/** Loads a file unless the index holds it as it is, and compares: only what is new, changed or gone is to be written. */
async function planFile(
  file: SourceFile,
  stored: StoredFile | undefined,
  options: IngestOptions,
): Promise<FileWrites | "unchanged"> {
  const bytes = await readFile(file.path);
  const hash = contentHash(bytes, [hashedOptions(options), chunkingFor(file.loader.type, options.chunking)]);
  if (isUpToDate(stored, hash)) return "unchanged";
  const all = await loadFile(file, bytes, hash, options);
  const documents = all.filter(({ id }) => stored?.documents.get(id) !== hash);
  const ids = new Set(all.map(({ id }) => id));
  return { source: file.source, documents, stale: [...(stored?.documents.keys() ?? [])].filter((id) => !ids.has(id)) };
}
