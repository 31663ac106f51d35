import { openDefaultStorage } from "#default-storage";
import { turnConsolidator } from "./consolidation/index.ts";
import { engineParts, indexMethods } from "./engine/index.ts";
import { memoryMethods } from "./memory-methods.ts";
import type { Sotto, SottoOptions } from "./sotto.ts";
import { checkSottoOptions } from "./sotto-options.ts";
import { ForgetMarks } from "./user/index.ts";

const DEFAULT_TIMEOUT_MS = 250;

/**
 * Opens a project's indexes and memory. Nothing is read or written before the first call; every option has a default.
 *
 * @throws `argument.invalid` for an option of a wrong type or out of range.
 */
export function createSotto(options: SottoOptions = {}): Sotto {
  checkSottoOptions(options);
  const project = options.project ?? environment("SOTTO_PROJECT_ID") ?? "default";
  const agent = options.agent ?? environment("SOTTO_VOICE_AGENT_ID");
  const storage = typeof options.storage === "object" ? options.storage : openDefaultStorage(options.storage);
  const parts = engineParts({ ...options, project, storage });

  const stats = { failedWrites: 0, failedRecalls: 0, lateLanes: 0, consolidations: 0, failedConsolidations: 0 };
  const memory = memoryMethods(
    {
      storage,
      project,
      agent,
      ...parts,
      marks: new ForgetMarks({ storage, project, clock: parts.clock }),
      ...(options.reranker === undefined ? {} : { reranker: options.reranker }),
      stats,
      redact: options.redact,
      retention: options.retention ?? {},
      pool: options.pool ?? {},
      defaults: {
        minScore: options.recall?.minScore,
        timeoutMs: options.recall?.timeoutMs ?? DEFAULT_TIMEOUT_MS,
        ...(options.recall?.orgIndexes === undefined ? {} : { orgIndexes: options.recall.orgIndexes }),
      },
    },
    options.consolidator ?? turnConsolidator(),
  );

  let closing: Promise<void> | undefined;
  const closeAll = async () => {
    try {
      await memory.close();
      await parts.catalog.close();
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
    ...indexMethods(parts.catalog, options.reranker),
    ...memory,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function environment(name: string): string | undefined {
  const value = (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env?.[name];
  return value === "" ? undefined : value;
}
