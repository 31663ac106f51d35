import { staticEmbedder } from "@sotto/embed-static";
import { openDefaultStorage } from "#default-storage";
import { systemClock } from "./clock.ts";
import type { Embedder } from "./embedding/embedder.ts";
import { ArenaPool } from "./engine/catalog/arena-pool.ts";
import { IndexCatalog } from "./engine/catalog/index-catalog.ts";
import { indexMethods } from "./engine/catalog/index-methods.ts";
import { InvalidArgumentError } from "./errors/invalid-argument-error.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import { consoleLogger } from "./logger.ts";
import type { Sotto, SottoOptions } from "./sotto.ts";

/**
 * Opens a project's indexes and memory. Nothing is read or written before the first call; every option has a default.
 *
 * @throws `argument.invalid` for an option of a wrong type or out of range.
 */
export function createSotto(options: SottoOptions = {}): Sotto {
  const logger = options.logger ?? consoleLogger;
  const clock = options.clock ?? systemClock;
  const limits = { ...defaultLimits, ...checkedLimits(options.limits) };
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

  const close = async () => {
    await catalog.close();
    if (storage !== options.storage) await storage.close();
  };
  return {
    project,
    agent,
    ...indexMethods(catalog, options.reranker),
    close,
    [Symbol.asyncDispose]: close,
  } as Sotto;
}

function environment(name: string): string | undefined {
  const value = (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env?.[name];
  return value === "" ? undefined : value;
}

function checkedLimits(limits: Partial<Limits> = {}): Partial<Limits> {
  for (const [name, value] of Object.entries(limits)) {
    if (!(name in defaultLimits)) throw new InvalidArgumentError(`limits.${name}`, "there is no such limit");
    if (!Number.isInteger(value) || value < 1) {
      throw new InvalidArgumentError(`limits.${name}`, `${String(value)} is not a whole number from 1`);
    }
  }
  return limits;
}
