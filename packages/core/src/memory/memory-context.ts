import type { Clock } from "../clock.ts";
import type { Embedder } from "../embedding/embedder.ts";
import type { ArenaPool } from "../engine/catalog/arena-pool.ts";
import type { IndexCatalog } from "../engine/catalog/index-catalog.ts";
import type { Reranker } from "../engine/reranker.ts";
import type { Limits } from "../limits.ts";
import type { Logger } from "../logger.ts";
import type { SottoStats } from "../sotto.ts";
import type { Storage } from "../storage/storage.ts";
import type { Consolidator } from "./consolidator.ts";

/** What the memory modules share; made once by `createSotto`. */
export interface MemoryContext {
  storage: Storage;
  project: string;
  agent: string | undefined;
  catalog: IndexCatalog;
  arenas: ArenaPool;
  /** The default one: sessions and permanent memory use it. */
  embedder: Embedder;
  consolidator: Consolidator;
  reranker?: Reranker;
  limits: Limits;
  logger: Logger;
  clock: Clock;
  stats: SottoStats;
  retention: { sessionsMs?: number; permanentMs?: number };
  pool: { maxConcurrentUsers?: number; idleTtlMs?: number };
  defaults: { orgIndexes?: readonly string[]; minScore: number; timeoutMs: number };
}
