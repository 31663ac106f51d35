import { getJobContext, telemetry } from "@livekit/agents";
import type { Recall } from "@sotto/core";

/** Values of `gen_ai.operation.name` that this package uses. */
export type MemoryOperation = "search_memory" | "create_memory" | "delete_memory";

/** One record of `gen_ai.memory.records`. */
export interface SpanRecord {
  id: string;
  score?: number;
  content?: string;
}

export type SpanAttributes = Record<string, string | number | boolean>;

export interface MemorySpan {
  /** `gen_ai.memory.records`, as JSON. */
  records(records: readonly SpanRecord[]): void;
  set(attributes: SpanAttributes): void;
}

const { traceTypes } = telemetry;
const FALSY = new Set(["0", "false", "no", "off"]);

/**
 * Runs `work` in a span of LiveKit's tracer, named as the operation. What a trace cannot take never reaches the work, and
 * the result or error of the work is the caller's.
 */
export async function inMemorySpan<T>(
  operation: MemoryOperation,
  query: string | undefined,
  work: (span: MemorySpan) => Promise<T>,
): Promise<T> {
  const span = startSpan(operation, query);
  try {
    return await work(span);
  } catch (error) {
    span.set({ [traceTypes.ATTR_ERROR_TYPE]: error instanceof Error ? error.constructor.name : "error" });
    throw error;
  } finally {
    span.end();
  }
}

/** Puts what was found on the span. */
export function describe(span: MemorySpan, recall: Recall): void {
  const { trace } = recall;
  const found = [...recall.working, ...recall.permanent, ...recall.org];
  span.records(found.map(({ id, score, text }) => ({ id, score, content: text })));
  span.set({
    "sotto.recall.took_ms": trace.tookMs,
    "sotto.recall.degraded": trace.degraded,
    "sotto.recall.prefetched": trace.prefetched !== undefined,
  });
  for (const [lane, { status, ms, hits }] of Object.entries(trace.lanes)) {
    span.set({
      [`sotto.lane.${lane}.status`]: status,
      [`sotto.lane.${lane}.ms`]: ms,
      [`sotto.lane.${lane}.hits`]: hits,
    });
  }
}

function startSpan(operation: MemoryOperation, query: string | undefined): MemorySpan & { end(): void } {
  const attributes: SpanAttributes = { [traceTypes.ATTR_GEN_AI_OPERATION_NAME]: operation };
  const conversation = guarded(() => getJobContext(false)?.job.room?.sid);
  if (conversation) attributes[traceTypes.ATTR_GEN_AI_CONVERSATION_ID] = conversation;
  if (query !== undefined && capturesContent()) attributes[traceTypes.ATTR_GEN_AI_MEMORY_QUERY_TEXT] = query;
  const span = guarded(() => telemetry.tracer.startSpan({ name: operation, attributes }));
  return {
    records: (records) => {
      const shown = capturesContent() ? records : records.map(({ content: _, ...record }) => record);
      guarded(() => span?.setAttribute(traceTypes.ATTR_GEN_AI_MEMORY_RECORDS, JSON.stringify(shown)));
    },
    set: (more) => void guarded(() => span?.setAttributes(more)),
    end: () => void guarded(() => span?.end()),
  };
}

/** The switch that LiveKit's own spans obey. */
function capturesContent(): boolean {
  return !FALSY.has((process.env.OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT ?? "").trim().toLowerCase());
}

function guarded<T>(call: () => T): T | undefined {
  try {
    return call();
  } catch {
    return undefined;
  }
}
