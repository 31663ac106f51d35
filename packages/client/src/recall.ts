import type { Brief, BriefOptions, Lane, LaneTrace, Recall, RecallOptions, SottoStats } from "@sotto/core";
import { SottoError } from "@sotto/core";
import { isMalformed, isTimeout } from "./failures.ts";
import { newId } from "./new-id.ts";
import type { Transport } from "./transport.ts";

// core's LANES, without loading all of core for it
const ALL_LANES: readonly Lane[] = ["profile", "working", "permanent", "org"];
/** Kept of a recall's deadline for the way there and back: a tenth, no more than this. */
const MOST_MARGIN_MS = 25;

/** Recall over the wire: resolves by its deadline whatever becomes of the server, and rejects for a malformed call only. */
export async function recallOver(
  transport: Transport,
  stats: SottoStats,
  query: string,
  options: RecallOptions,
  defaultTimeoutMs: number,
): Promise<Recall> {
  const start = performance.now();
  const timeoutMs = options?.timeoutMs ?? defaultTimeoutMs;
  const isDeadline = canBeDeadline(timeoutMs);
  const signal = options?.signal;
  try {
    if (signal?.aborted) throw signal.reason;
    const args = [query, withMargin(options, timeoutMs)];
    const deadline = isDeadline ? { timeoutMs } : {};
    const recall = (await transport.call("searchMemory", args, { signal, ...deadline })) as Recall;
    count(stats, recall);
    recall.trace.timeoutMs = timeoutMs;
    recall.trace.tookMs = performance.now() - start;
    return recall;
  } catch (error) {
    if (isMalformed(error)) throw error;
    const recall = withoutServer(query, options, statusOf(error, signal), error);
    recall.trace.timeoutMs = timeoutMs;
    recall.trace.tookMs = performance.now() - start;
    count(stats, recall);
    return recall;
  }
}

/** Rejects for a malformed call only, as in process: without the server there is nothing to know before the first word. */
export async function briefOver(
  transport: Transport,
  stats: SottoStats,
  options: BriefOptions,
  defaultTimeoutMs: number,
): Promise<Brief> {
  const timeoutMs = options?.timeoutMs ?? defaultTimeoutMs;
  const isDeadline = canBeDeadline(timeoutMs);
  try {
    return (await transport.call("brief", [withMargin(options, timeoutMs)], isDeadline ? { timeoutMs } : {})) as Brief;
  } catch (error) {
    if (isMalformed(error)) throw error;
    stats.failedRecalls++;
    return { contextText: "", profile: null, turns: [], permanent: [] };
  }
}

function canBeDeadline(timeoutMs: unknown): timeoutMs is number {
  return typeof timeoutMs === "number" && timeoutMs > 0 && timeoutMs < 2 ** 31;
}

/** The options with a deadline that leaves the answer time to come back; what cannot be one is for the server to refuse. */
function withMargin<Options>(options: Options, timeoutMs: number): unknown {
  if (typeof options !== "object" || options === null) return options;
  const margin = canBeDeadline(timeoutMs) ? Math.min(MOST_MARGIN_MS, timeoutMs / 10) : 0;
  return { ...options, timeoutMs: timeoutMs - margin };
}

function statusOf(error: unknown, signal: AbortSignal | undefined): "late" | "failed" | "aborted" {
  if (signal?.aborted) return "aborted";
  return isTimeout(error) ? "late" : "failed";
}

function withoutServer(
  query: string,
  options: RecallOptions,
  status: "late" | "failed" | "aborted",
  error: unknown,
): Recall {
  const asked = new Set(options?.lanes ?? ALL_LANES);
  const lane = (name: Lane): LaneTrace => {
    if (!asked.has(name) || (name === "working" && options?.session === undefined))
      return { status: "skipped", ms: 0, hits: 0 };
    const why = status === "failed" && SottoError.isInstance(error) ? { error: `${error.code}: ${error.message}` } : {};
    return { status, ms: 0, hits: 0, ...why };
  };
  return {
    contextText: "",
    profile: null,
    working: [],
    permanent: [],
    org: [],
    sources: [],
    trace: {
      id: newId(),
      query,
      degraded: true,
      lanes: { profile: lane("profile"), working: lane("working"), permanent: lane("permanent"), org: lane("org") },
      embedMs: 0,
      tookMs: 0,
      timeoutMs: 0,
    },
  };
}

function count(stats: SottoStats, { trace }: Recall): void {
  const statuses = Object.values(trace.lanes).map(({ status }) => status);
  stats.lateLanes += statuses.filter((status) => status === "late").length;
  if (statuses.includes("failed")) stats.failedRecalls++;
}
