import type { ChunkingOptions } from "../chunking/index.ts";
import type { Metadata } from "../documents/index.ts";
import type { Filter } from "../filter/index.ts";

export interface Progress {
  phase: "chunk" | "embed" | "write" | "build";
  /** Documents (chunks once cut) done, and in all. */
  done: number;
  total: number;
}

export interface CreateIndexOptions {
  /** Put on every chunk, under the document's own metadata. */
  metadata?: Metadata;
  /** Off by default. An index remembers it, for later `addDocs`. */
  chunking?: ChunkingOptions;
  /** Id of one of the embedders of `createSotto`; default: the default embedder. */
  embedder?: string;
  /** What to do when the index exists. Default `append`. */
  ifExists?: "append" | "replace" | "error";
  /**
   * The store holds the documents and searches them itself, for an index too large for a process: nothing of it is loaded.
   * For a new index, in a store that can. A call is then written in batches of some 10,000 chunks, each all or nothing.
   * Default false.
   */
  searchable?: boolean;
  onProgress?: (progress: Progress) => void;
  signal?: AbortSignal;
}

export interface CreateIndexResult {
  indexName: string;
  /** Documents in the index now, as handed in. */
  docCount: number;
  /** Chunks in the index now; equal to `docCount` without chunking. */
  chunkCount: number;
  version: number;
}

export interface AddDocsOptions {
  /** Replace documents whose id is taken. Default true; false makes it an error (`document.exists`). */
  upsert?: boolean;
  onProgress?: (progress: Progress) => void;
  signal?: AbortSignal;
  /** A second call with this key writes nothing. */
  idempotencyKey?: string;
  durability?: "commit" | "queued";
}

export interface AddDocsResult {
  /** Documents as handed in, whatever their chunks, that the index did not have. */
  added: number;
  /** Documents that took the place of an earlier version. */
  updated: number;
  version: number;
  /** How many of the chunks have no vector (no word that the model knows) and are found by their words alone. */
  withoutEmbedding: number;
}

export interface DeleteDocsOptions {
  /** Also takes the texts out of the history of the index, those of documents that were deleted before included. Default false. */
  erase?: boolean;
}

export interface DeleteDocsResult {
  deleted: number;
  version: number;
}

export interface GetDocsOptions {
  ids?: readonly string[];
  filter?: Filter;
  /** Default 100. */
  limit?: number;
  offset?: number;
}

export interface IndexInfo {
  name: string;
  version: number;
  docCount: number;
  chunkCount: number;
  embedderId: string;
  dimensions: number;
  metadata: Metadata;
  chunking: ChunkingOptions | undefined;
  /** Milliseconds since the epoch. */
  createdAt: number;
  updatedAt: number;
}

export interface LoadIndexOptions {
  /** Follow other processes' writes. Default true. */
  autoRefresh?: boolean;
}

export interface LoadedIndexInfo extends IndexInfo {
  /** Bytes of memory held outside the JavaScript heap. */
  bytes: number;
  loadMs: number;
}
