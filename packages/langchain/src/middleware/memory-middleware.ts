import type { BaseMessage, SystemMessage } from "@langchain/core/messages";
import type { InferInteropZodOutput, InteropZodObject } from "@langchain/core/utils/types";
import type { Scope, Sotto } from "@sotto/core";
import type { TurnStats } from "@sotto/core/adapter";
import { type AgentMiddleware, createMiddleware } from "langchain";
import { z } from "zod/v4";
import { type AgentTurnOptions, AgentTurns } from "./agent-turns.ts";
import { isSubAgent, type MemoryRuntime, type MiddlewareScope, scopeOfRun } from "./memory-runtime.ts";
import { type Placement, withBlockBefore } from "./placed-block.ts";

/** The context of a run when the middleware is given no scope. */
export const memoryContextSchema = z.object({
  /** Whose memory the agent has. */
  userId: z.string().min(1),
  /** As recalled text names the user. */
  userName: z.string().optional(),
  /** The conversation. Default: `configurable.thread_id`. */
  sessionId: z.string().min(1).optional(),
});

/** Checked by `scopeOfRun`, whose error says what to do. */
const uncheckedContextSchema = z.object({
  userId: z.unknown().optional(),
  userName: z.unknown().optional(),
  sessionId: z.unknown().optional(),
});

export interface MemoryMiddlewareOptions extends AgentTurnOptions {
  /** Where recalled text is put. Default `user`. */
  placement?: Placement | undefined;
}

/** What of a model request is changed. */
interface ModelRequest {
  messages: BaseMessage[];
  systemMessage: SystemMessage;
}

type Middleware<Schema extends InteropZodObject | undefined, Context> = AgentMiddleware<
  undefined,
  Schema,
  Context,
  readonly [],
  readonly []
> & {
  /** Failures that did not stop a run. */
  readonly stats: Readonly<TurnStats>;
  /** Resolves once every turn is on disk; the end of a run waits for it by itself. */
  flush(): Promise<void>;
};

/**
 * Memory for an agent of `langchain`. Before the agent runs, it starts to recall what the user's words call for and
 * writes them down; every call of the model sees what was recalled before the question, which is not persisted: no
 * checkpoint holds it; after the run the answer is written, on disk when the run resolves. When memory is late or fails
 * the agent answers without it. An agent that another one calls as a tool has no memory: what it is told is not the user's.
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
  const { scope, contextSchema, placement = "user", ...turnOptions } = options;
  const turns = new AgentTurns(sotto, turnOptions);
  const schema = contextSchema ?? (scope === undefined ? uncheckedContextSchema : undefined);
  const whoseRun = (runtime: unknown): Scope | undefined =>
    isSubAgent(runtime as MemoryRuntime) ? undefined : scopeOfRun(scope, runtime as MemoryRuntime);
  const middleware = createMiddleware({
    name: "SottoMemory",
    ...(schema === undefined ? {} : { contextSchema: schema }),
    beforeAgent: ({ messages }, runtime) => {
      const whose = whoseRun(runtime);
      if (whose === undefined) return;
      turns.end(messages, whose);
      void turns.recall(messages, whose, runtime.signal);
      turns.recordAsked(messages, whose);
    },
    wrapModelCall: async (request, handler) => {
      const { runtime, state } = request;
      const whose = whoseRun(runtime);
      if (whose === undefined) return handler(request);
      // Not held where a run goes on after an interrupt in another process: then it is asked for again.
      const recalled = await turns.recall(state.messages, whose, runtime.signal);
      const answer = await handler(placed(request, recalled));
      turns.recordStep(answer, state.messages, whose);
      return answer;
    },
    afterAgent: async ({ messages }, runtime) => {
      const whose = whoseRun(runtime);
      if (whose === undefined) return;
      turns.end(messages, whose);
      await turns.recordAnswer(messages, whose);
    },
  });
  return Object.assign(middleware, { stats: turns.memory.stats, flush: () => turns.memory.flush() });

  function placed<Request extends ModelRequest>(
    request: Request,
    recalled: Awaited<ReturnType<AgentTurns["recall"]>>,
  ): Request {
    const block = recalled?.outcome.block ?? "";
    if (recalled === undefined || block === "") return request;
    if (placement === "user")
      return { ...request, messages: withBlockBefore(request.messages, block, recalled.question) };
    const { systemMessage } = request;
    return { ...request, systemMessage: systemMessage.concat(systemMessage.text === "" ? block : `\n\n${block}`) };
  }
}
