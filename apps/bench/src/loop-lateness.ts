import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { median } from "./measure.ts";

/** How late the event loop ran a timer of 1 ms, in milliseconds. */
export interface LoopLateness {
  p50: number;
  p99: number;
  max: number;
}

const RESOLUTION_MS = 1;

/** The event loop's lateness while `work` runs. */
export async function loopLateness(work: () => Promise<void>): Promise<LoopLateness> {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  await work();
  // What held the loop last shows when the next timer is late.
  await pause(2 * RESOLUTION_MS);
  histogram.disable();
  const late = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
  return { p50: late(histogram.percentile(50)), p99: late(histogram.percentile(99)), max: late(histogram.max) };
}

/** The median of each figure over rounds. */
export function medianLateness(rounds: readonly LoopLateness[]): LoopLateness {
  const over = (part: keyof LoopLateness) => median(rounds.map((round) => round[part]));
  return { p50: over("p50"), p99: over("p99"), max: over("max") };
}
