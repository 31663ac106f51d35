import type { Clock } from "./clock.ts";
import type { Consolidator } from "./consolidation/index.ts";
import type { Embedder, Indexes, Reranker } from "./engine/index.ts";
import type { Forgets } from "./forgetting/index.ts";
import type { Limits } from "./limits.ts";
import type { Logger } from "./logger.ts";
import type { Brief, BriefOptions, Recall, RecallOptions } from "./recall/index.ts";
import type { Redact } from "./redact/index.ts";
import type { ResponseInput, Session, SessionInfo, SessionOptions, TurnInput } from "./session/index.ts";
import type { Storage } from "./storage/index.ts";
import type { SottoStats } from "./telemetry/index.ts";
import type { Scope, UserRef, Users } from "./user/index.ts";

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
  /**
   * What every turn, memory, profile and query is put through before it is stored, embedded or logged; answers what is
   * kept. `redactSecrets()` of `@sotto/core/redact` is one. Default: none.
   */
  redact?: Redact;
  limits?: Partial<Limits>;
  recall?: {
    /** Indexes of the org lane. Default: every index of the project whose name does not begin with a dot. */
    orgIndexes?: readonly string[];
    /** Default 0.1 for ten memories or documents, rising to 0.2 for a thousand. */
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

/** Indexes and memory of one project. Made by `createSotto`. */
export interface Sotto extends Indexes, Users, Forgets {
  readonly project: string;
  readonly agent: string | undefined;

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
  /** The sessions that a user owns, newest first; `session(id).turns()` has what was said. */
  listSessions(of: { user: UserRef }): Promise<SessionInfo[]>;
  /** Ends a session: its turns are consolidated into permanent memory. Idempotent. */
  endSession(scope: Scope & { session: string }): Promise<{ memories: number }>;

  readonly stats: Readonly<SottoStats>;
  /**
   * Makes the vectors of all that another embedder wrote anew, now. Nobody needs to call it: what is opened goes over to
   * this embedder by itself, in the background, and is found by its words meanwhile.
   */
  reembed(options?: { onProgress?: (progress: { done: number; total: number }) => void }): Promise<void>;
  /** Waits until every accepted write is on disk. */
  flush(): Promise<void>;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
