import type { JobProcess } from "@livekit/agents";
import { createSotto, type Sotto, type SottoOptions } from "@sotto/core";
import { DeadlineExceededError, withDeadline } from "@sotto/core/adapter";
import { errorText, guardedLog, guardedLogger } from "../telemetry/guarded-log.ts";

const KEY = "sotto";

/** Any process of a worker, whatever its `userData` is typed as. */
export type MemoryProcess = Pick<JobProcess<object>, "userData">;

export interface PrewarmOptions {
  /** Or what makes one. Default: `createSotto()`. */
  sotto?: Sotto | SottoOptions;
  /** Indexes to load. Default: every index of the project. */
  indexes?: readonly string[];
  /** LiveKit gives up a process that is not ready after 10 s; what takes longer than this goes on beside it. Default 8,000. */
  timeoutMs?: number;
}

/**
 * Opens memory once in a process of the worker: loads the indexes and runs the embedder, so that the first caller does
 * not wait for it. The process keeps it in `proc.userData.sotto`; `processMemory(ctx.proc)` hands it out. Rejects only
 * when no Sotto can be made.
 *
 * @example
 * ```ts
 * export default defineAgent({
 *   prewarm: (proc) => prewarmMemory(proc),
 *   entry: async (ctx) => {
 *     const agent = new MemoryAgent({ instructions: "You are a helpful assistant.", memory: processMemory(ctx.proc) });
 *   },
 * });
 * ```
 */
export async function prewarmMemory(proc: MemoryProcess, options: PrewarmOptions = {}): Promise<Sotto> {
  const sotto = processMemory(proc, options.sotto);
  try {
    const { timeoutMs = 8_000, indexes } = options;
    await withDeadline(() => load(sotto, indexes), { operation: "loading memory", timeoutMs });
  } catch (error) {
    if (DeadlineExceededError.isInstance(error))
      guardedLog("warn", "memory is still loading; the process takes calls meanwhile");
    else guardedLog("error", "memory could not be loaded", { error: errorText(error) });
  }
  return sotto;
}

/** The Sotto of this process; made when there is none yet. */
export function processMemory({ userData }: MemoryProcess, made?: Sotto | SottoOptions): Sotto {
  const there: unknown = Reflect.get(userData, KEY);
  if (isSotto(there)) return there;
  const sotto = isSotto(made) ? made : createSotto({ logger: guardedLogger, ...made });
  Reflect.set(userData, KEY, sotto);
  return sotto;
}

async function load(sotto: Sotto, indexes?: readonly string[]): Promise<void> {
  const names = indexes ?? (await sotto.listIndexes()).map(({ name }) => name).filter((name) => !name.startsWith("."));
  await Promise.all(names.map((name) => sotto.loadIndex(name)));
  // The first query loads what the embedder still lacks.
  if (names.length > 0) await sotto.query(names, "hello", { topK: 1 });
}

function isSotto(value: unknown): value is Sotto {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as { searchMemory?: unknown }).searchMemory === "function"
  );
}
