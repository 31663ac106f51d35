import { type Attributes, context, isSpanContextValid, SpanStatusCode, trace } from "@opentelemetry/api";
import { codeOf } from "../errors/index.ts";

export type SpanName = "sotto.recall" | "sotto.save" | "sotto.load" | "sotto.consolidate";

const tracer = trace.getTracer("@sotto/core");

/**
 * Does `work` in a span of OpenTelemetry; without an SDK in the process it costs next to nothing. `describe` makes
 * attributes of the result. Attributes hold numbers, states and names of indexes: no text, no user, no session.
 */
export function inSpan<T>(
  name: SpanName,
  attributes: Attributes,
  work: () => Promise<T>,
  describe?: (result: T) => Attributes,
): Promise<T> {
  const span = tracer.startSpan(name, { attributes });
  if (!isSpanContextValid(span.spanContext())) return work();
  return context.with(trace.setSpan(context.active(), span), async () => {
    try {
      const result = await work();
      if (describe !== undefined && span.isRecording()) span.setAttributes(describe(result));
      return result;
    } catch (error) {
      span.setAttribute("error.type", codeOf(error));
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}
