import { DeadlineExceededError } from "./deadline-exceeded-error.ts";

export interface DeadlineOptions {
  /** Named by the error. */
  operation: string;
  /** Milliseconds. */
  timeoutMs: number;
  /** The caller's own signal. */
  signal?: AbortSignal | undefined;
}

/**
 * Runs `work` and settles by the deadline, whether or not `work` does: the SDK's own tool timeout only asks. `work` gets
 * a signal that is aborted at the deadline and with the caller's signal.
 *
 * @throws the signal's reason when it is aborted, before or meanwhile; `ai_sdk.deadline_exceeded` at the deadline.
 */
export async function withDeadline<T>(
  work: (signal: AbortSignal) => Promise<T>,
  { operation, timeoutMs, signal }: DeadlineOptions,
): Promise<T> {
  // A signal that is aborted already fires no event.
  signal?.throwIfAborted();
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const onAbort = () => controller.abort(signal?.reason);
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    return await new Promise<T>((resolve, reject) => {
      controller.signal.addEventListener("abort", () => reject(controller.signal.reason), { once: true });
      timer = setTimeout(() => controller.abort(new DeadlineExceededError(operation, timeoutMs)), timeoutMs);
      work(controller.signal).then(resolve, reject);
    });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  }
}
