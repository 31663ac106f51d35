import type { ChunkingOptions, Document, Sotto } from "@sotto/core";
import { SottoError } from "@sotto/core";

/** What is to be written of one file. */
export interface FileWrites {
  source: string;
  /** Documents that are new or changed. */
  documents: readonly Document[];
  /** Ids that the index holds of the file and the file no longer has. */
  stale: readonly string[];
}

export interface WriteQueueOptions {
  sotto: Sotto;
  index: string;
  chunking: ChunkingOptions | undefined;
  /** Documents in one batch; a killed ingest loses at most one. */
  batchDocuments: number;
  onFileDone: (source: string, written: number, deleted: number) => void;
  onFileFailed: (source: string, error: Error) => void;
}

/** Characters of one batch, so that a batch of books is not held in memory as a whole. */
const BATCH_CHARS = 4_000_000;

/**
 * Writes files' documents in batches, each durable as a whole. A file larger than a batch is written in several; its
 * stale documents are deleted last, so that a killed ingest finds the file unfinished and goes on with it.
 */
export class WriteQueue {
  readonly #options: WriteQueueOptions;
  #files: FileWrites[] = [];
  #documents = 0;
  #chars = 0;

  constructor(options: WriteQueueOptions) {
    this.#options = options;
  }

  /** Adds a file, and writes when a batch is full. */
  async add(file: FileWrites, signal: AbortSignal): Promise<void> {
    this.#files.push(file);
    this.#documents += file.documents.length;
    for (const { text } of file.documents) this.#chars += text.length;
    if (this.#documents >= this.#options.batchDocuments || this.#chars >= BATCH_CHARS) await this.flush(signal);
  }

  /** Writes what is queued. */
  async flush(signal: AbortSignal): Promise<void> {
    const files = this.#files;
    this.#files = [];
    this.#documents = this.#chars = 0;
    if (files.length === 0) return;
    try {
      await this.#write(files, signal);
    } catch (error) {
      if (!isAboutDocuments(error)) throw error;
      // One file's documents are refused: the others must not suffer.
      for (const file of files) await this.#writeAlone(file, signal);
    }
  }

  async #writeAlone(file: FileWrites, signal: AbortSignal): Promise<void> {
    try {
      await this.#write([file], signal);
    } catch (error) {
      if (!isAboutDocuments(error)) throw error;
      this.#options.onFileFailed(file.source, error);
    }
  }

  async #write(files: readonly FileWrites[], signal: AbortSignal): Promise<void> {
    const { sotto, index, chunking, batchDocuments, onFileDone } = this.#options;
    const documents = files.flatMap((file) => file.documents);
    for (let start = 0; start < documents.length; start += batchDocuments) {
      signal.throwIfAborted();
      const batch = documents.slice(start, start + batchDocuments);
      await sotto.createIndex(index, batch, chunking === undefined ? {} : { chunking });
    }
    const stale = files.flatMap((file) => file.stale);
    if (stale.length > 0) await sotto.deleteDocs(index, stale);
    for (const file of files) onFileDone(file.source, file.documents.length, file.stale.length);
  }
}

function isAboutDocuments(error: unknown): error is SottoError {
  return SottoError.isInstance(error) && /^(document|documents|limit|embedding)\./.test(error.code);
}
