import { InvalidArgumentError, type Scope } from "@sotto/core";

/** What a scope is taken from: the run's `context` (as far as a schema names it) and `configurable`. */
export interface MemoryRuntime<Context = unknown> {
  readonly context?: Context;
  readonly configurable?: { readonly thread_id?: string; readonly [key: string]: unknown } | undefined;
  readonly signal?: AbortSignal | undefined;
}

export type MiddlewareScope<Context> =
  | Scope
  // A method, so that a function of a narrower context is accepted.
  | { bivarianceHack(runtime: MemoryRuntime<Context>): Scope | undefined }["bivarianceHack"];

/**
 * Whose memory a run works on; undefined when it has none. The session is the scope's, else the thread's id.
 *
 * @throws `argument.invalid` when nothing names a user.
 */
export function scopeOfRun(scope: MiddlewareScope<unknown> | undefined, runtime: MemoryRuntime): Scope | undefined {
  const found = typeof scope === "function" ? scope(runtime) : (scope ?? scopeOfContext(runtime.context));
  if (found === undefined) return undefined;
  const session = found.session ?? runtime.configurable?.thread_id;
  return { user: found.user, ...(session === undefined ? {} : { session }) };
}

function scopeOfContext(context: unknown): Scope {
  const { userId, userName, sessionId } = (context ?? {}) as Record<string, unknown>;
  if (typeof userId !== "string" || userId === "") {
    throw new InvalidArgumentError(
      "context.userId",
      'it must name the user whose memory the agent has: invoke(input, { context: { userId: "ada" } }), or give memoryMiddleware a scope',
    );
  }
  return {
    user: typeof userName === "string" ? { id: userId, name: userName } : userId,
    ...(typeof sessionId === "string" ? { session: sessionId } : {}),
  };
}

/** Whether an agent was called by another one as a tool: what it is asked then are the words of that agent. */
export function isSubAgent({ configurable }: MemoryRuntime): boolean {
  const path = configurable?.checkpoint_ns;
  return typeof path === "string" && path.split("|").some((step) => step.startsWith("tools:"));
}
