import { staticEmbedder } from "@sotto/embed-static";
import type { Consolidator } from "../../src/consolidation/consolidator.ts";
import { turnConsolidator } from "../../src/consolidation/turn-consolidator.ts";
import { ArenaPool } from "../../src/engine/catalog/arena-pool.ts";
import { IndexCatalog } from "../../src/engine/catalog/index-catalog.ts";
import { indexMethods } from "../../src/engine/catalog/index-methods.ts";
import type { Embedder } from "../../src/engine/embedding/embedder.ts";
import { defaultLimits, type Limits } from "../../src/limits.ts";
import { type MemoryMethods, memoryMethods } from "../../src/memory-methods.ts";
import { memoryStorage } from "../../src/storage/memory/memory-storage.ts";
import type { Storage } from "../../src/storage/storage.ts";
import { ForgetMarks } from "../../src/user/forget-marks.ts";
import type { MemoryContext } from "../../src/user/memory-context.ts";
import { ManualClock } from "./recall-fixture.ts";

export interface TestMemoryOptions {
  storage?: Storage;
  clock?: ManualClock;
  embedder?: Embedder;
  consolidator?: Consolidator;
  limits?: Partial<Limits>;
  retention?: MemoryContext["retention"];
  pool?: MemoryContext["pool"];
  redact?: MemoryContext["redact"];
  agent?: string;
  reranker?: MemoryContext["reranker"];
}

/** The memory half of Sotto and its indexes over a store, as `createSotto` puts them together; a clock that stands still. */
export interface TestMemory {
  memory: MemoryMethods;
  indexes: ReturnType<typeof indexMethods>;
  context: MemoryContext;
  clock: ManualClock;
  storage: Storage;
  /** Every log line, as text. */
  logged: string[];
}

export function testMemory(options: TestMemoryOptions = {}): TestMemory {
  const { storage = memoryStorage(), clock = new ManualClock(), embedder = staticEmbedder() } = options;
  const logged: string[] = [];
  const log = (message: string, fields?: unknown): void => void logged.push(`${message} ${JSON.stringify(fields)}`);
  const arenas = new ArenaPool();
  const shared = {
    storage,
    project: "test",
    arenas,
    limits: { ...defaultLimits, ...options.limits },
    logger: { warn: log, error: log },
    clock,
  };
  const catalog = new IndexCatalog({
    ...shared,
    embedders: new Map([[embedder.id, embedder]]),
    defaultEmbedder: embedder,
  });
  const context: MemoryContext = {
    ...shared,
    agent: options.agent,
    redact: options.redact,
    ...(options.reranker === undefined ? {} : { reranker: options.reranker }),
    marks: new ForgetMarks(shared),
    catalog,
    embedder,
    stats: { failedWrites: 0, failedRecalls: 0, lateLanes: 0, consolidations: 0, failedConsolidations: 0 },
    retention: options.retention ?? {},
    pool: options.pool ?? {},
    defaults: { minScore: undefined, timeoutMs: 250 },
  };
  return {
    memory: memoryMethods(context, options.consolidator ?? turnConsolidator()),
    indexes: indexMethods(catalog, undefined),
    context,
    clock,
    storage,
    logged,
  };
}
