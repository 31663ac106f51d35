import type {
  AddDocsOptions,
  AddDocsResult,
  DeleteDocsResult,
  Document,
  GetDocsOptions,
  QueryOptions,
  QueryResult,
  StoredDocument,
} from "../engine/index.ts";
import type { UserRef } from "../user/index.ts";
import type { Turn } from "./turn.ts";

/**
 * A call or conversation: an index of its own, durable as it grows. Two holders of the same name, in any process, see
 * the same session.
 */
export interface Session {
  readonly id: string;
  readonly userId: string | undefined;
  /** Versions of what was loaded, for `session/start` of the runtime. */
  readonly versions: { session: number; profile: number; permanent: number };
  addDocs(documents: readonly Document[], options?: AddDocsOptions): Promise<AddDocsResult>;
  deleteDocs(ids: readonly string[]): Promise<DeleteDocsResult>;
  getDocs(options?: GetDocsOptions): Promise<StoredDocument[]>;
  query(text: string, options?: QueryOptions): Promise<QueryResult>;
  /** Documents and turns in the session now. */
  readonly docCount: number;
  /** The turns recorded so far, oldest first. */
  turns(): Promise<Turn[]>;
  /** Copies an index's documents into the session (merged by id). Answers how many. */
  loadIndex(name: string): Promise<{ docCount: number }>;
  /**
   * Merges the session's documents into an index (default: one named as the session), making it when needed: by id and
   * version, so that a fuller index is never replaced by an emptier one.
   */
  pushIndex(name?: string): Promise<{ indexName: string; docCount: number; version: number }>;
  /** Writes the session to one file (Node only). */
  saveToDisk(path: string): Promise<{ bytes: number }>;
  /** Merges a file written by saveToDisk into this session (Node only). */
  loadFromDisk(path: string): Promise<{ docCount: number }>;
  /** Ends this holder's use. `end: true` (the default for a session with a user) also ends the session: it is consolidated into permanent memory. */
  close(options?: { end?: boolean }): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface SessionOptions {
  id: string;
  user?: UserRef;
}
