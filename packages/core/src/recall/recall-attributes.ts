import type { Attributes } from "@opentelemetry/api";
import { LANES } from "../user/index.ts";
import type { Recall } from "./recall-types.ts";

/** What a span says of a recall: how each lane went, and how long it took. */
export function recallAttributes({ trace }: Recall): Attributes {
  const attributes: Attributes = {
    "sotto.recall.id": trace.id,
    "sotto.degraded": trace.degraded,
    "sotto.prefetched": trace.prefetched !== undefined,
    "sotto.embed_ms": trace.embedMs,
    "sotto.timeout_ms": trace.timeoutMs,
  };
  for (const lane of LANES) {
    const { status, ms, hits } = trace.lanes[lane];
    attributes[`sotto.lane.${lane}.status`] = status;
    if (status === "skipped") continue;
    attributes[`sotto.lane.${lane}.ms`] = ms;
    attributes[`sotto.lane.${lane}.hits`] = hits;
  }
  return attributes;
}
