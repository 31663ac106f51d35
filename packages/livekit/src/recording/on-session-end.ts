import type { JobContext } from "@livekit/agents";
import { guardedLog } from "../telemetry/guarded-log.ts";
import type { SessionRecorder } from "./session-recorder.ts";

const recorders = new WeakMap<object, Set<SessionRecorder>>();

/** Remembers what a job records, so that its end can wait for it. */
export function recordsInJob(job: object | undefined, recorder: SessionRecorder): void {
  if (job === undefined) return;
  const ofJob = recorders.get(job) ?? new Set();
  recorders.set(job, ofJob.add(recorder));
}

/**
 * For `defineAgent`: a job has five minutes for it, and one for its shutdown, so that turning a long call into memory by a
 * language model belongs here. Closing the session waits for that no longer than `closeTimeoutMs`. Never rejects.
 *
 * @example
 * ```ts
 * export default defineAgent({ prewarm: (proc) => prewarmMemory(proc), entry, onSessionEnd });
 * ```
 */
export async function onSessionEnd(ctx: JobContext): Promise<void> {
  const ofJob = [...(recorders.get(ctx) ?? [])];
  if (ofJob.length === 0) guardedLog("debug", "the job recorded nothing");
  await Promise.all(ofJob.map((recorder) => recorder.end()));
}
