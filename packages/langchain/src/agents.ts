/**
 * Memory for agents of `langchain`. Needs `langchain` and `zod`.
 *
 * @module
 */

export type { IsUserMessage } from "./messages/last-exchange.ts";
export type { AgentTurnOptions } from "./middleware/agent-turns.ts";
export {
  type MemoryMiddlewareOptions,
  memoryContextSchema,
  memoryMiddleware,
} from "./middleware/memory-middleware.ts";
export type { MemoryRuntime, MiddlewareScope } from "./middleware/memory-runtime.ts";
export type { Placement } from "./middleware/placed-block.ts";
