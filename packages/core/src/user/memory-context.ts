import type { Clock } from "../clock.ts";
import type { ArenaPool, Embedder, IndexCatalog, Reranker } from "../engine/index.ts";
import type { Limits } from "../limits.ts";
import type { Logger } from "../logger.ts";
import type { Redact } from "../redact/index.ts";
import type { Storage } from "../storage/index.ts";
import type { SottoStats } from "../telemetry/index.ts";
import type { ForgetMarks } from "./forget-marks.ts";

/** What the memory modules share; made once by `createSotto`. */
export interface MemoryContext {
  storage: Storage;
  project: string;
  agent: string | undefined;
  /** Who is being forgotten. */
  marks: ForgetMarks;
  catalog: IndexCatalog;
  arenas: ArenaPool;
  /** The default one: sessions and permanent memory use it. */
  embedder: Embedder;
  reranker?: Reranker;
  /** Every text of a user's goes through it before it is stored, embedded or logged. */
  redact?: Redact | undefined;
  limits: Limits;
  logger: Logger;
  clock: Clock;
  stats: SottoStats;
  retention: { sessionsMs?: number; permanentMs?: number };
  pool: { maxConcurrentUsers?: number; idleTtlMs?: number };
  defaults: { orgIndexes?: readonly string[]; minScore: number | undefined; timeoutMs: number };
}
