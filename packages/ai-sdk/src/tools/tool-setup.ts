import type { Scope, Sotto } from "@sotto/core";
import type { ToolExecutionOptions } from "ai";
import { withDeadline } from "../deadline/with-deadline.ts";
import type { MemoryToolOptions, WriteToolName } from "./memory-tool-options.ts";
import { type MemoryToolContext, memoryToolContextSchema, scopeOfContext } from "./tool-scope.ts";

/** What a call of a tool brings along. */
export type ToolCallOptions = Pick<ToolExecutionOptions<unknown>, "abortSignal" | "context">;

/** What all memory tools share. */
export interface ToolSetup {
  memory: Sotto;
  options: MemoryToolOptions<WriteToolName>;
  /** Set when the scope comes with each call. */
  context: { contextSchema: typeof memoryToolContextSchema } | undefined;
  /** @throws when the scope is to come with the call and does not. */
  scopeOf(call: ToolCallOptions): Scope;
  /** Runs a write, a listing or a load within its deadline and the call's signal. */
  within<T>(operation: string, call: ToolCallOptions, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  needsApproval(name: WriteToolName): boolean;
}

export function toolSetup(memory: Sotto, options: MemoryToolOptions<WriteToolName>): ToolSetup {
  const { scope, needsApproval = true, writeTimeoutMs = 10_000 } = options;
  return {
    memory,
    options,
    context: scope === undefined ? { contextSchema: memoryToolContextSchema } : undefined,
    // Checked again: a tool may be called without the SDK.
    scopeOf: ({ context }) => scope ?? scopeOfContext(memoryToolContextSchema.parse(context) as MemoryToolContext),
    within: (operation, { abortSignal }, work) =>
      withDeadline(work, { operation, timeoutMs: writeTimeoutMs, signal: abortSignal }),
    needsApproval: (name) => (typeof needsApproval === "boolean" ? needsApproval : (needsApproval[name] ?? true)),
  };
}
