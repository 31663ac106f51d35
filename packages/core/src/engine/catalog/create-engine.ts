import { staticEmbedder } from "@sotto/embed-static";
import { type Clock, systemClock } from "../../clock.ts";
import { defaultLimits, type Limits } from "../../limits.ts";
import { consoleLogger, type Logger } from "../../logger.ts";
import { memoryStorage, type Storage } from "../../storage/index.ts";
import type { Embedder } from "../embedding/index.ts";
import { ArenaPool } from "./arena-pool.ts";
import { checkEngineOptions, type EngineOptions } from "./engine-options.ts";
import { IndexCatalog } from "./index-catalog.ts";
import { indexMethods } from "./index-methods.ts";
import type { Indexes } from "./indexes.ts";

/** Retrieval without a word of users or sessions: the indexes of a project. */
export interface Engine extends Indexes {
  /** Lets go of what is loaded. The store stays open. */
  close(): Promise<void>;
}

/** What `createEngine` and `createSotto` build on. */
export interface EngineParts {
  catalog: IndexCatalog;
  arenas: ArenaPool;
  /** The default one. */
  embedder: Embedder;
  limits: Limits;
  logger: Logger;
  clock: Clock;
}

/** The parts, with every default filled in. */
export function engineParts(options: EngineOptions & { storage: Storage }): EngineParts {
  const { storage, project = "default", embedder = staticEmbedder(), embedders = [] } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const logger = options.logger ?? consoleLogger;
  const clock = options.clock ?? systemClock;
  const arenas = new ArenaPool();
  const catalog = new IndexCatalog({
    storage,
    project,
    embedders: new Map([...embedders, embedder].map((each) => [each.id, each])),
    defaultEmbedder: embedder,
    arenas,
    limits,
    logger,
    clock,
  });
  return { catalog, arenas, embedder, limits, logger, clock };
}

/**
 * Opens the indexes of a project, for programs that want retrieval alone. Nothing is read or written before the first
 * call. `createSotto` has the same methods, and memory.
 *
 * @example
 * const engine = createEngine();
 * await engine.createIndex("help", [{ id: "returns", text: "You can return a router within 30 days." }]);
 * const { hits } = await engine.query("help", "how long can I send it back?");
 */
export function createEngine(options: EngineOptions = {}): Engine {
  checkEngineOptions(options);
  const { catalog } = engineParts({ ...options, storage: options.storage ?? memoryStorage() });
  return { ...indexMethods(catalog, options.reranker), close: () => catalog.close() };
}
