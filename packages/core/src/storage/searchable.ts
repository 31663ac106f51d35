/**
 * What a store may do beyond keeping logs: hold the documents of an index itself and search them where they lie, for an
 * index that no process should hold. Its log then has the settings alone. The store finds candidates by the two parts of
 * their score; the score itself, fusion, calibration and order, is the engine's, as for any index.
 */
export interface SearchableStorage {
  /** What scoring needs to know about the index `key`, with how many chunks hold each of `terms`. */
  statistics(key: string, terms: readonly string[]): Promise<SearchableStatistics>;
  /** Writes documents in the place of those of the same ids, all or none of them. */
  write(key: string, write: SearchableWrite): Promise<SearchableWritten>;
  /** Deletes documents with their chunks, or single chunks, by their ids. */
  delete(key: string, ids: readonly string[]): Promise<{ deleted: number; version: number }>;
  /** The nearest by vector and the best by BM25 among the chunks that pass the filter, each once, in any order. */
  candidates(key: string, query: SearchableQuery): Promise<SearchableCandidate[]>;
  /** Chunks in the order of adding: of these documents or chunks, those that pass the filter, or all. */
  list(key: string, options: SearchableList): Promise<SearchableChunk[]>;
}

/** A document, or a passage of one, as an index keeps it. */
export interface SearchableDocument {
  id: string;
  text: string;
  title?: string;
  metadata?: { readonly [field: string]: unknown };
  payload?: unknown;
  chunk?: { parentId: string; position: number };
}

export interface SearchableChunk {
  /** Ascending in the order of adding; another one after each update. */
  number: number;
  document: SearchableDocument;
}

export interface SearchableStatistics {
  /** +1 for each write that changed something. */
  version: number;
  /** Documents as handed in. */
  documents: number;
  chunks: number;
  /** Terms of all chunks together, stop words not counted. */
  totalLength: number;
  /** Milliseconds since the epoch; 0 when nothing was written. */
  updatedAt: number;
  /** How many chunks hold each term that was asked for, in order. */
  frequencies: readonly number[];
}

export interface SearchableWrite {
  documents: readonly { id: string; chunks: readonly SearchablePut[] }[];
  dimensions: number;
  /** Deletes all that the index holds first. */
  reset?: boolean;
  /** Writes nothing when one of the ids is taken, and answers which are. */
  mustBeNew?: boolean;
  /** A second write with a key that this index has seen writes nothing. */
  idempotencyKey?: string;
  /** Milliseconds since the epoch. */
  at: number;
}

export interface SearchablePut {
  document: SearchableDocument;
  /** A unit vector: `scale` times each of `values`. */
  vector?: { scale: number; values: Int8Array } | undefined;
  /** The distinct terms, and how often the chunk holds each. */
  terms: readonly { term: string; frequency: number }[];
  /** Terms without stop words: exact for the average, and as BM25's norm takes it. */
  length: number;
  normLength: number;
}

export interface SearchableWritten {
  version: number;
  added: number;
  updated: number;
  duplicate: boolean;
  /** Ids that are taken, with `mustBeNew`: then nothing was written. */
  taken: readonly string[];
}

export interface SearchableQuery {
  /** Null: the words alone. */
  vector: Float32Array | null;
  /** BM25: the sum over the terms of weight x tf / (tf + k1 (1 - b + b x normLength / averageLength)). */
  terms: readonly { term: string; weight: number; frequency: number }[];
  k1: number;
  b: number;
  averageLength: number;
  /** Candidates that each side hands in. */
  wanted: number;
  filter?: SearchableFilter | undefined;
}

/** A chunk with its vector, as it was written. */
export interface SearchableCandidate extends SearchableChunk {
  vector: { scale: number; values: Int8Array } | undefined;
}

export interface SearchableList {
  ids?: readonly string[];
  filter?: SearchableFilter | undefined;
  limit: number;
  offset: number;
}

type Value = string | number | boolean | readonly [latitude: number, longitude: number];

/** A filter that has been checked. `in` holds for a list that has one of the strings. */
export type SearchableFilter =
  | { readonly kind: "in"; readonly field: string; readonly values: readonly Value[] }
  | {
      readonly kind: "range";
      readonly field: string;
      readonly operator: "$gt" | "$gte" | "$lt" | "$lte";
      readonly bound: number | string;
    }
  | { readonly kind: "present"; readonly field: string }
  | {
      readonly kind: "near";
      readonly field: string;
      readonly point: readonly [latitude: number, longitude: number];
      readonly radiusMeters: number;
    }
  | { readonly kind: "and" | "or"; readonly children: readonly SearchableFilter[] }
  | { readonly kind: "not"; readonly child: SearchableFilter };
