import { staticEmbedder } from "@sotto/embed-static";
import { openDefaultStorage } from "#default-storage";
import { systemClock } from "./clock.ts";
import { episodeConsolidator } from "./consolidation/index.ts";
import type { Embedder } from "./engine/index.ts";
import { ArenaPool, IndexCatalog, indexMethods } from "./engine/index.ts";
import { defaultLimits } from "./limits.ts";
import { consoleLogger } from "./logger.ts";
import { memoryMethods } from "./memory-methods.ts";
import type { Sotto, SottoOptions } from "./sotto.ts";
import { checkSottoOptions } from "./sotto-options.ts";

const DEFAULT_TIMEOUT_MS = 250;

/**
 * Opens a project's indexes and memory. Nothing is read or written before the first call; every option has a default.
 *
 * @throws `argument.invalid` for an option of a wrong type or out of range.
 */
export function createSotto(options: SottoOptions = {}): Sotto {
  checkSottoOptions(options);
  const logger = options.logger ?? consoleLogger;
  const clock = options.clock ?? systemClock;
  const limits = { ...defaultLimits, ...options.limits };
  const project = options.project ?? environment("SOTTO_PROJECT_ID") ?? "default";
  const agent = options.agent ?? environment("SOTTO_VOICE_AGENT_ID");
  const storage = typeof options.storage === "object" ? options.storage : openDefaultStorage(options.storage);
  const embedder: Embedder = options.embedder ?? staticEmbedder();
  const embedders = new Map([...(options.embedders ?? []), embedder].map((each) => [each.id, each]));
  const arenas = new ArenaPool();
  const catalog = new IndexCatalog({
    storage,
    project,
    embedders,
    defaultEmbedder: embedder,
    arenas,
    limits,
    logger,
    clock,
  });

  const stats = { failedWrites: 0, failedRecalls: 0, lateLanes: 0, consolidations: 0, failedConsolidations: 0 };
  const memory = memoryMethods(
    {
      storage,
      project,
      agent,
      catalog,
      arenas,
      embedder,
      ...(options.reranker === undefined ? {} : { reranker: options.reranker }),
      limits,
      logger,
      clock,
      stats,
      retention: options.retention ?? {},
      pool: options.pool ?? {},
      defaults: {
        minScore: options.recall?.minScore,
        timeoutMs: options.recall?.timeoutMs ?? DEFAULT_TIMEOUT_MS,
        ...(options.recall?.orgIndexes === undefined ? {} : { orgIndexes: options.recall.orgIndexes }),
      },
    },
    options.consolidator ?? episodeConsolidator(),
  );

  let closing: Promise<void> | undefined;
  const closeAll = async () => {
    try {
      await memory.close();
      await catalog.close();
    } finally {
      // A store that was handed in is closed by whoever made it.
      if (storage !== options.storage) await storage.close();
    }
  };
  const close = () => {
    closing ??= closeAll();
    return closing;
  };

  return {
    project,
    agent,
    stats,
    ...indexMethods(catalog, options.reranker),
    ...memory,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function environment(name: string): string | undefined {
  const value = (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env?.[name];
  return value === "" ? undefined : value;
}
