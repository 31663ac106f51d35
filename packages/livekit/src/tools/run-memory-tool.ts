import { llm, type voice } from "@livekit/agents";
import { callMemory } from "../call/call-memory.ts";
import type { ResolvedMemory } from "../memory-options.ts";
import type { CallScope } from "../recall/search-for-call.ts";
import { errorText, guardedLog } from "../telemetry/guarded-log.ts";
import { inMemorySpan, type MemoryOperation, type MemorySpan } from "../telemetry/memory-span.ts";
import { within } from "../within.ts";

/** What the tools have in common. */
export interface ToolSetting {
  memory: ResolvedMemory;
  topK: number;
  timeoutMs: number;
}

/** Whose memory a tool works on: that of the call which it runs in. A model cannot name another. */
export interface ToolScope {
  call: CallScope;
  signal: AbortSignal;
  span: MemorySpan;
}

/** Runs a tool under its deadline. What fails or is late becomes an error that the model is told, without details. */
export async function runMemoryTool<T>(
  { memory, timeoutMs }: ToolSetting,
  { ctx }: { ctx: voice.RunContext },
  operation: MemoryOperation,
  query: string | undefined,
  work: (scope: ToolScope) => Promise<T>,
): Promise<T> {
  const { identity } = callMemory(ctx.session, memory);
  const outcome = await within(timeoutMs, (signal) =>
    inMemorySpan(operation, query, async (span) => {
      const call = await identity.scope();
      if (call === undefined) throw new Error("nobody knows who calls");
      return work({ call, signal, span });
    }),
  );
  if (outcome.status === "done") return outcome.value;
  guardedLog("warn", "a memory tool failed", {
    operation,
    reason: outcome.status,
    ...(outcome.status === "failed" ? { error: errorText(outcome.error) } : {}),
  });
  throw new llm.ToolError("Memory cannot be reached right now. Go on without it.");
}
