import { readFile } from "node:fs/promises";
import type { Sotto } from "@sotto/core";
import {
  contentHash,
  type FindOptions,
  findFiles,
  hashedOptions,
  type LoadOptions,
  LoadWorker,
  type SourceFile,
  type SourceType,
  typeOf,
} from "@sotto/loaders";
import { UsageError } from "../usage-error.ts";
import { type ChunkingChoice, chunkingFor } from "./chunking-choice.ts";
import { enterLeftOut, type IngestReport, newReport } from "./ingest-report.ts";
import { prune } from "./prune.ts";
import { isUpToDate, type StoredFile, type StoredFiles, storedFiles } from "./stored-files.ts";
import { type FileWrites, WriteQueue } from "./write-queue.ts";

export interface IngestOptions extends FindOptions, Omit<LoadOptions, "contentHash" | "name" | "type"> {
  index: string;
  /** Id of the embedder that the index is to keep. Default: the default one, whichever that comes to be. */
  embedder?: string;
  chunking: ChunkingChoice;
  /** Build the index anew. */
  replace: boolean;
  /** Delete the documents of files that are gone. */
  prune: boolean;
  /** Documents written at once. */
  batchDocuments: number;
  /** Bytes of the files that are done (loaded and judged, if not yet written), and in all. */
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
  report.files.skipped = found.skipped.length;
  report.skipped = found.skipped;
  if (options.prune && !found.hasFolder)
    throw new UsageError("--prune needs a folder: what is gone from it is deleted.");

  const stored = await openIndex(sotto, options);
  const worker = new LoadWorker(options.limits);
  try {
    await ingestFiles(sotto, found.files, stored, worker, options, report);
    if (options.prune) report.files.pruned = await prune(sotto, stored, found.files, options, report);
  } catch (error) {
    if (!options.signal.aborted) throw error;
    report.interrupted = true;
  } finally {
    await worker.close();
  }
  const { docCount, chunkCount, version } = await sotto.getIndex(options.index);
  report.indexNow = { docCount, chunkCount, version };
  return report;
}

async function openIndex(sotto: Sotto, { index, embedder, replace, chunking }: IngestOptions): Promise<StoredFiles> {
  const stored = replace ? undefined : await storedFiles(sotto, index);
  if (stored === undefined) {
    // Files are cut by their type unless one way was asked for; only then does the index remember it for later documents.
    const remembered = chunking.by === undefined ? undefined : chunkingFor("text", chunking);
    await sotto.createIndex(index, [], {
      ifExists: "replace",
      ...(embedder === undefined ? {} : { embedder }),
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
  worker: LoadWorker,
  options: IngestOptions,
  report: IngestReport,
): Promise<void> {
  const { index, batchDocuments, signal } = options;
  const fail = (source: string, error: Error) => void report.failures.push({ source, error: error.message });
  const done = (source: string, written: number, deleted: number) => {
    report.documents.written += written;
    report.documents.deleted += deleted;
    if (stored.has(source)) report.files.changed++;
    else report.files.added++;
  };
  // One queue for each way to cut documents: a batch is cut in one way.
  const queues = new Map<string, WriteQueue>();
  const queueFor = (type: SourceType): WriteQueue => {
    const chunking = chunkingFor(type, options.chunking);
    const by = chunking?.by ?? "none";
    const queue =
      queues.get(by) ??
      new WriteQueue({ sotto, index, chunking, batchDocuments, onFileDone: done, onFileFailed: fail });
    queues.set(by, queue);
    return queue;
  };

  let bytesDone = 0;
  const bytesInAll = files.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const file of files) {
    signal.throwIfAborted();
    options.onProgress(bytesDone, bytesInAll, file.source);
    const plan = await planFile(file, stored.get(file.source), worker, options, report).catch((error: Error) => {
      signal.throwIfAborted();
      fail(file.source, error);
    });
    bytesDone += file.bytes;
    if (plan === "unchanged") report.files.unchanged++;
    else if (plan !== undefined && plan.documents.length === 0 && plan.stale.length === 0) {
      report.files.empty++;
      report.empty.push(file.source);
    } else if (plan !== undefined) await queueFor(plan.type).add(plan, signal);
  }
  for (const queue of queues.values()) await queue.flush(signal);
  options.onProgress(bytesInAll, bytesInAll, "");
}

/** Loads a file unless the index holds it as it is, and compares: only what is new, changed or gone is to be written. */
async function planFile(
  file: SourceFile,
  stored: StoredFile | undefined,
  worker: LoadWorker,
  options: IngestOptions,
  report: IngestReport,
): Promise<(FileWrites & { type: SourceType }) | "unchanged"> {
  const bytes = await readFile(file.path);
  const chunking = chunkingFor(typeOf(file.path, bytes) ?? "text", options.chunking);
  const hash = contentHash(bytes, [hashedOptions(options), chunking]);
  if (isUpToDate(stored, hash)) return "unchanged";
  const loadOptions = { ...loadOptionsOf(options), name: file.source, contentHash: hash, signal: options.signal };
  const loaded = await worker.load(bytes, loadOptions);
  report.chars.in += loaded.report.charsIn;
  report.chars.kept += loaded.report.charsKept;
  enterLeftOut(report, file.source, loaded.report.leftOut);
  const documents = loaded.documents.filter(({ id }) => stored?.documents.get(id) !== hash);
  const ids = new Set(loaded.documents.map(({ id }) => id));
  const stale = [...(stored?.documents.keys() ?? [])].filter((id) => !ids.has(id));
  return { source: file.source, type: loaded.report.type, documents, stale };
}

function loadOptionsOf({ encoding, strict, textFields, idField, metadata, limits }: IngestOptions): LoadOptions {
  return {
    ...(encoding === undefined ? {} : { encoding }),
    ...(strict === undefined ? {} : { strict }),
    ...(textFields === undefined ? {} : { textFields }),
    ...(idField === undefined ? {} : { idField }),
    ...(metadata === undefined ? {} : { metadata }),
    ...(limits === undefined ? {} : { limits }),
  };
}
