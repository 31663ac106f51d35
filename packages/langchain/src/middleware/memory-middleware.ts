import type { InferInteropZodOutput, InteropZodObject } from "@langchain/core/utils/types";
import type { Clock, Logger, Recall, RecallOptions, Scope, Sotto } from "@sotto/core";
import { type AgentMiddleware, createMiddleware } from "langchain";
import { z } from "zod/v4";
import { systemClock } from "../system-clock.ts";
import { withoutUndefined } from "../without-undefined.ts";
import { consoleLogger } from "./console-logger.ts";
import { type MemoryRuntime, type MiddlewareScope, scopeOfRun } from "./memory-runtime.ts";
import { TurnMemory } from "./turn-memory.ts";

/** The context of a run when the middleware is given no scope. */
export const memoryContextSchema = z.object({
  /** Whose memory the agent has. */
  userId: z.string().min(1),
  /** As recalled text names the user. */
  userName: z.string().optional(),
  /** The conversation. Default: `configurable.thread_id`. */
  sessionId: z.string().min(1).optional(),
});

export interface MemoryMiddlewareOptions
  extends Pick<
    RecallOptions,
    | "lanes"
    | "topK"
    | "filter"
    | "minScore"
    | "orgIndexes"
    | "contextCharCap"
    | "perLaneCharCap"
    | "excludeLastTurns"
    | "intent"
  > {
  /** Milliseconds that recall may take; what is late is left out. Default 250. */
  timeoutMs?: number;
  /** Whether turns are recorded. Default true; without a session none is. */
  record?: boolean;
  /** Milliseconds that the end of a run waits for its turns to be on disk; they are written nevertheless. Default 5,000. */
  recordTimeoutMs?: number;
  /** Called with each recall, once a turn. What it throws is logged. */
  onRecall?: (recall: Recall, scope: Scope) => void;
  logger?: Logger;
  clock?: Clock;
}

type Middleware<Schema extends InteropZodObject | undefined, Context> = AgentMiddleware<
  undefined,
  Schema,
  Context,
  readonly [],
  readonly []
>;

/**
 * Memory for an agent of `langchain`. Before the agent runs, it starts to recall what the user's words call for and
 * writes them down; every call of the model sees what was recalled at the end of the system message, which is not
 * persisted: no checkpoint holds it; after the run the answer is written, on disk when the run resolves. When memory is
 * late or fails the agent answers without it.
 *
 * Whose memory it is: `scope`, fixed or made from the run; without one the run's `context` (`memoryContextSchema`). The
 * session is `configurable.thread_id` where the scope names none. A scope function that answers undefined switches
 * memory off for the run. With `contextSchema` a scope function is given that context; without one, `configurable` only.
 *
 * @example
 * const agent = createAgent({ model, tools, checkpointer, middleware: [memoryMiddleware(sotto)] });
 * await agent.invoke({ messages: "Where is my parcel?" }, {
 *   context: { userId: "ada" },
 *   configurable: { thread_id: "chat-1" },
 * });
 */
export function memoryMiddleware(
  sotto: Sotto,
  options?: MemoryMiddlewareOptions & { scope?: undefined; contextSchema?: undefined },
): Middleware<typeof memoryContextSchema, z.infer<typeof memoryContextSchema>>;
export function memoryMiddleware(
  sotto: Sotto,
  options: MemoryMiddlewareOptions & { scope: MiddlewareScope<unknown>; contextSchema?: undefined },
): Middleware<undefined, unknown>;
export function memoryMiddleware<Schema extends InteropZodObject>(
  sotto: Sotto,
  options: MemoryMiddlewareOptions & {
    contextSchema: Schema;
    scope: (runtime: MemoryRuntime<InferInteropZodOutput<Schema>>) => Scope | undefined;
  },
): Middleware<Schema, InferInteropZodOutput<Schema>>;
export function memoryMiddleware(
  sotto: Sotto,
  options: MemoryMiddlewareOptions & {
    scope?: MiddlewareScope<unknown> | undefined;
    contextSchema?: InteropZodObject | undefined;
  } = {},
): object {
  const { scope, contextSchema, record = true, recordTimeoutMs = 5_000, onRecall, logger, clock, ...recall } = options;
  const turns = new TurnMemory(sotto, {
    recall: withoutUndefined(recall),
    recordTimeoutMs,
    onRecall,
    clock: clock ?? systemClock,
    logger: logger ?? consoleLogger,
  });
  const schema = contextSchema ?? (scope === undefined ? memoryContextSchema : undefined);
  return createMiddleware({
    name: "SottoMemory",
    ...(schema === undefined ? {} : { contextSchema: schema }),
    beforeAgent: ({ messages }, runtime) => {
      const whose = scopeOfRun(scope, runtime as MemoryRuntime);
      if (whose === undefined) return;
      void turns.recall(messages, whose, runtime.signal);
      if (record) turns.recordAsked(messages, whose);
    },
    wrapModelCall: async (request, handler) => {
      const { runtime, state } = request;
      const whose = scopeOfRun(scope, runtime as MemoryRuntime);
      // Not held where a run goes on after an interrupt in another process: then it is asked for again.
      const recalled = whose && (await turns.recall(state.messages, whose, runtime.signal));
      if (!recalled || recalled.contextText === "") return handler(request);
      const { systemMessage } = request;
      const separator = systemMessage.text === "" ? "" : "\n\n";
      return handler({ ...request, systemMessage: systemMessage.concat(separator + recalled.contextText) });
    },
    afterAgent: async ({ messages }, runtime) => {
      const whose = scopeOfRun(scope, runtime as MemoryRuntime);
      if (record && whose !== undefined) await turns.recordAnswer(messages, whose);
    },
  });
}
