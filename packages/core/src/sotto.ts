import type { Clock } from "./clock.ts";
import type { Embedder } from "./embedding/embedder.ts";
import type { Document, StoredDocument } from "./engine/document.ts";
import type { Filter } from "./engine/filter-types.ts";
import type {
  AddDocsOptions,
  AddDocsResult,
  CreateIndexOptions,
  CreateIndexResult,
  DeleteDocsResult,
  GetDocsOptions,
  IndexInfo,
  LoadedIndexInfo,
  LoadIndexOptions,
} from "./engine/index-types.ts";
import type { QueryOptions, QueryResult } from "./engine/query-types.ts";
import type { Reranker } from "./engine/reranker.ts";
import type { Limits } from "./limits.ts";
import type { Logger } from "./logger.ts";
import type { Consolidator } from "./memory/consolidator.ts";
import type { MemoryInput, MemoryRecord, Profile, ProfilePatch, ProfileVersion } from "./memory/memory-types.ts";
import type { Brief, BriefOptions, Recall, RecallOptions } from "./memory/recall-types.ts";
import type { Scope, UserRef } from "./memory/scope.ts";
import type { Session, SessionOptions } from "./memory/session-types.ts";
import type { ResponseInput, TurnInput } from "./memory/turn.ts";
import type { Storage } from "./storage/storage.ts";

export interface SottoOptions {
  /** A store, or the directory of a SQLite store (Node). Default: SQLite in `.sotto`; memory in a browser. */
  storage?: Storage | string;
  /** Default: `@sotto/embed-static`. */
  embedder?: Embedder;
  /** Further embedders that indexes may name. */
  embedders?: readonly Embedder[];
  /** Default: `SOTTO_PROJECT_ID`, else `default`. */
  project?: string;
  /** The bot that speaks, for traces. Default: `SOTTO_VOICE_AGENT_ID`. */
  agent?: string;
  /** Default: deterministic, needs no model. */
  consolidator?: Consolidator;
  reranker?: Reranker;
  limits?: Partial<Limits>;
  recall?: {
    /** Indexes of the org lane. Default: every index of the project whose name does not begin with a dot. */
    orgIndexes?: readonly string[];
    /** Default 0.1. */
    minScore?: number;
    /** Default 250. */
    timeoutMs?: number;
  };
  /** Sessions and permanent memories older than this are forgotten. Default: kept. */
  retention?: { sessionsMs?: number; permanentMs?: number };
  pool?: {
    /** Users whose memory is held open at once. Default 20. */
    maxConcurrentUsers?: number;
    /** An idle user's memory is flushed and let go after this. Default 300,000. */
    idleTtlMs?: number;
  };
  logger?: Logger;
  clock?: Clock;
}

/** What one forget removed. */
export interface ForgetResult {
  sessions: number;
  turns: number;
  memories: number;
  profileVersions: number;
  /** Documents (chunks one by one) of indexes. */
  documents: number;
}

/** A counted event that the design lets pass, so that a call goes on. */
export interface SottoStats {
  failedWrites: number;
  failedRecalls: number;
  lateLanes: number;
  consolidations: number;
  failedConsolidations: number;
}

/** Indexes and memory of one project. Made by `createSotto`. */
export interface Sotto {
  readonly project: string;
  readonly agent: string | undefined;

  // Indexes
  createIndex(name: string, documents: readonly Document[], options?: CreateIndexOptions): Promise<CreateIndexResult>;
  addDocs(name: string, documents: readonly Document[], options?: AddDocsOptions): Promise<AddDocsResult>;
  deleteDocs(name: string, ids: readonly string[] | { filter: Filter }): Promise<DeleteDocsResult>;
  getDocs(name: string, options?: GetDocsOptions): Promise<StoredDocument[]>;
  getIndex(name: string): Promise<IndexInfo>;
  listIndexes(): Promise<IndexInfo[]>;
  /** Answers whether it existed. */
  deleteIndex(name: string): Promise<boolean>;
  loadIndex(name: string, options?: LoadIndexOptions): Promise<LoadedIndexInfo>;
  unloadIndex(name: string): Promise<boolean>;
  /** Catches up with other processes' writes. */
  refreshIndex(name: string): Promise<IndexInfo>;
  query(indexes: string | readonly string[], text: string, options?: QueryOptions): Promise<QueryResult>;

  // Sessions and recall
  session(nameOrOptions: string | SessionOptions): Promise<Session>;
  /** Never rejects but for a malformed call: what is late or fails is dropped and named in `trace`. */
  searchMemory(query: string, options: RecallOptions): Promise<Recall>;
  /** Starts recall on a partial transcript; `searchMemory` uses it when the final text says the same. */
  prefetch(partialText: string, options: RecallOptions): void;
  /** Durable when it resolves. Answers the turn's id, or null with a counted, logged error: it never rejects. */
  recordTurn(turn: TurnInput): Promise<string | null>;
  saveResponse(response: ResponseInput): Promise<string | null>;
  brief(options: BriefOptions): Promise<Brief>;
  /** Ends a session: its turns are consolidated into permanent memory. Idempotent. */
  endSession(scope: Scope & { session: string }): Promise<{ memories: number }>;

  // Permanent memory and profile
  remember(user: UserRef, memory: MemoryInput | string): Promise<MemoryRecord>;
  supersede(user: UserRef, oldId: string, newFact: MemoryInput | string): Promise<MemoryRecord>;
  memories(
    user: UserRef,
    options?: { asOf?: number; includeSuperseded?: boolean; limit?: number },
  ): Promise<MemoryRecord[]>;
  profile(user: UserRef): Promise<Profile>;
  updateProfile(user: UserRef, patch: ProfilePatch): Promise<Profile>;
  profileHistory(user: UserRef): Promise<ProfileVersion[]>;
  forget(
    what:
      | { user: UserRef; memoryId?: string }
      | { session: string }
      | { index: string; documentIds: readonly string[] },
  ): Promise<ForgetResult>;
  /** Everything that is stored about a user, as JSON lines. */
  export(what: { user: UserRef }): AsyncIterable<string>;
  /** Applies `retention` now (it also runs when a user's memory is opened). */
  applyRetention(): Promise<ForgetResult>;

  readonly stats: Readonly<SottoStats>;
  /** Waits until every accepted write is on disk. */
  flush(): Promise<void>;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
