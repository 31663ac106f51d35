import type { Attributes } from "@opentelemetry/api";
import type { Clock } from "../../clock.ts";
import type { Logger } from "../../logger.ts";
import type { HeadCondition, Log } from "../../storage/index.ts";
import type { Arena } from "../kernel/index.ts";
import type { IndexSettings } from "./index-settings.ts";
import type { IndexEvent } from "./record-codec.ts";

/** State that is folded from an index's events, beside its documents. */
export interface EventFold {
  apply(event: IndexEvent, id: string): void;
  /** The record with this id was erased. */
  erased(id: string): void;
  reset(): void;
  toJSON(): unknown;
  fromJSON(state: unknown): void;
}

export interface StoredIndexOptions {
  log: Log;
  arena: () => Arena;
  /** Settings that the first batch writes when the log is empty: opening writes nothing. */
  settings?: IndexSettings;
  fold?: EventFold;
  logger: Logger;
  clock: Clock;
  bm25?: { k1: number; b: number };
  /** Of the span in which it is loaded. */
  attributes?: Attributes;
  /** Follow other holders' writes. Default true. */
  autoRefresh?: boolean;
}

export interface AppendChangesOptions {
  idempotencyKey?: string;
  durability?: "commit" | "queued";
  expectedVersion?: number;
  /** See `AppendOptions.onlyIf`. */
  onlyIf?: readonly HeadCondition[];
}

export interface AppliedChanges {
  version: number;
  added: number;
  updated: number;
  deleted: number;
  duplicate: boolean;
  /** See `AppendResult.committed`. */
  committed?: Promise<void>;
}
