import type { RunnableConfig } from "@langchain/core/runnables";
import type { Scope } from "@sotto/core";

/** The config of a tool call; in an agent it has the run's `context` and `configurable`. */
export type MemoryToolConfig = RunnableConfig & { context?: unknown };

/** Whose memory: fixed, or taken from the run. A model never names it. */
export type ToolScope = Scope | ((config: MemoryToolConfig) => Scope);

/**
 * The scope of one call.
 *
 * @throws the signal's reason when the call was aborted before: LangChain's `tool` would never settle then.
 */
export function resolveScope(scope: ToolScope, config: MemoryToolConfig | undefined): Scope {
  config?.signal?.throwIfAborted();
  return typeof scope === "function" ? scope(config ?? {}) : scope;
}
