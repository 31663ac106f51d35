import type { ErrorJson } from "../../errors/index.ts";
import type { HeadCondition, LogHead, Snapshot } from "../storage.ts";

/** What the worker is started with. */
export interface WorkerOptions {
  /** For messages. */
  name: string;
  /** Absolute path of the database. */
  file: string;
  maxPages: number | undefined;
  busyTimeoutMs: number;
  pollIntervalMs: number;
  allowNetworkFileSystem: boolean;
  /** Nothing is written, and nothing can be. */
  readOnly?: boolean | undefined;
  /** Differs between processes. */
  processToken: string;
  /** The time at which the store was opened: files in writing that are much older have no writer any more. */
  nowMs: number;
}

export interface EncodedBatches {
  versions: number[];
  /** Of the form of batch-codec.ts. */
  bodies: Uint8Array[];
}

/** What shares a transaction with its neighbours in the queue. Everything is cloned, or its buffers transferred. */
export interface GroupedOperations {
  list: { input: { prefix: string }; output: string[] };
  head: { input: { key: string }; output: LogHead };
  append: { input: AppendInput; output: { version: number; duplicate: boolean } };
  read: { input: { key: string; after: number; epoch: number | undefined; limit: number }; output: EncodedBatches };
  truncate: { input: { key: string; before: number }; output: number };
  flush: { input: null; output: null };
}

/** What waits for files or for other processes, and lets others pass while it does. */
export interface LongOperations {
  open: { input: null; output: null };
  writeSnapshot: { input: { key: string; snapshot: Snapshot; nowMs: number }; output: null };
  readSnapshot: { input: { key: string }; output: Snapshot | null };
  erase: { input: EraseInput; output: { epoch: number; erased: number } };
  delete: { input: { key: string; nowMs: number }; output: boolean };
  watch: { input: { key: string }; output: null };
  unwatch: { input: { key: string }; output: null };
  pendingErasure: { input: null; output: string | null };
  close: { input: null; output: null };
}

export interface AppendInput {
  key: string;
  body: Uint8Array;
  expectedVersion: number | undefined;
  epoch: number | undefined;
  onlyIf: readonly HeadCondition[] | undefined;
  idempotencyKey: string | undefined;
}

export interface EraseInput {
  key: string;
  ids: readonly string[];
  epoch: number | undefined;
  snapshot: { version: number; data: Uint8Array } | undefined;
  nowMs: number;
}

export interface Operations extends GroupedOperations, LongOperations {}
export type OperationName = keyof Operations;
export type Input<N extends OperationName> = Operations[N]["input"];
export type Output<N extends OperationName> = Operations[N]["output"];
export type Request<N extends OperationName = OperationName> = {
  [Name in N]: { id: number; operation: Name; input: Operations[Name]["input"] };
}[N];

export type GroupedHandlers = {
  [N in keyof GroupedOperations]: (input: GroupedOperations[N]["input"]) => GroupedOperations[N]["output"];
};
export type LongHandlers = {
  [N in keyof LongOperations]: (input: LongOperations[N]["input"]) => Promise<LongOperations[N]["output"]>;
};

export type Response = { id: number; value: Output<OperationName> } | ({ id: number } & ErrorJson);

/** What the worker posts: answers, in one message for all of a group; or the keys that another process changed. */
export type WorkerMessage = { responses: Response[] } | { changed: string[] };
