/**
 * Memory for agents of `langchain`. Needs `langchain` and `zod`.
 *
 * @module
 */
export {
  type MemoryMiddlewareOptions,
  memoryContextSchema,
  memoryMiddleware,
} from "./middleware/memory-middleware.ts";
export type { MemoryRuntime, MiddlewareScope } from "./middleware/memory-runtime.ts";
