import { codeOf } from "../errors/index.ts";
import { isPromise, type MaybePromise } from "../maybe-promise.ts";
import type { LaneStatus, LaneTrace } from "./recall-types.ts";

/** One lane of a recall that is under way: when it is done, what it found or why not. */
export class LaneRun<T> {
  status: LaneStatus | "pending" = "skipped";
  value: T | undefined;
  /** Milliseconds from the start of recall. */
  ms = 0;
  error: unknown;

  /** Starts the lane; `onDone` is called once, at once when the lane needs no promise. */
  start(work: () => MaybePromise<{ value: T; found: boolean }>, elapsed: () => number, onDone: () => void): void {
    this.status = "pending";
    const done = ({ value, found }: { value: T; found: boolean }) => {
      this.value = value;
      this.#end(found ? "ok" : "empty", elapsed(), onDone);
    };
    const failed = (error: unknown) => {
      this.error = error;
      this.#end("failed", elapsed(), onDone);
    };
    try {
      const result = work();
      if (isPromise(result)) result.then(done, failed);
      else done(result);
    } catch (error) {
      failed(error);
    }
  }

  /** As of now: a lane that is not done is given up with this status. */
  trace(givenUp: "late" | "aborted", hits: number, elapsedMs: number): LaneTrace {
    if (this.status === "pending") return { status: givenUp, ms: elapsedMs, hits: 0 };
    const trace: LaneTrace = { status: this.status, ms: this.ms, hits };
    if (this.status === "failed") trace.error = `${codeOf(this.error)}: ${messageOf(this.error)}`;
    return trace;
  }

  #end(status: LaneStatus, ms: number, onDone: () => void): void {
    this.status = status;
    this.ms = ms;
    onDone();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
