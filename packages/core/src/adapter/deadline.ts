import { type Clock, systemClock } from "../clock.ts";
import { SottoError } from "../errors/index.ts";

/** Memory did not answer in time. A write that was given up may still be carried out. */
export class DeadlineExceededError extends SottoError {
  static override readonly code = "adapter.deadline_exceeded";
  readonly operation: string;
  readonly timeoutMs: number;

  constructor(operation: string, timeoutMs: number) {
    super("adapter.deadline_exceeded", `${operation} did not answer within ${timeoutMs} ms.`, { operation, timeoutMs });
    this.operation = operation;
    this.timeoutMs = timeoutMs;
  }
}

export interface DeadlineOptions {
  /** Named by the error. */
  operation: string;
  /** Milliseconds. */
  timeoutMs: number;
  /** The caller's own signal. */
  signal?: AbortSignal | undefined;
  /** Default: the system's. */
  clock?: Clock | undefined;
}

/**
 * Runs `work` and settles by the deadline, whether or not `work` does. `work` gets a signal that is aborted at the
 * deadline and with the caller's signal; what it answers later is dropped.
 *
 * @throws the signal's reason when it is aborted, before or meanwhile; `adapter.deadline_exceeded` at the deadline.
 * @example
 * const hits = await withDeadline((signal) => search(query, { signal }), { operation: "search", timeoutMs: 250 });
 */
export async function withDeadline<T>(
  work: (signal: AbortSignal) => T | PromiseLike<T>,
  { operation, timeoutMs, signal, clock = systemClock }: DeadlineOptions,
): Promise<T> {
  // A signal that is aborted already fires no event.
  signal?.throwIfAborted();
  const controller = new AbortController();
  const onAbort = () => controller.abort(signal?.reason);
  signal?.addEventListener("abort", onAbort, { once: true });
  let cancel = () => {};
  try {
    return await new Promise<T>((resolve, reject) => {
      controller.signal.addEventListener("abort", () => reject(controller.signal.reason), { once: true });
      cancel = clock.after(timeoutMs, () => controller.abort(new DeadlineExceededError(operation, timeoutMs)));
      Promise.resolve(work(controller.signal)).then(resolve, reject);
    });
  } finally {
    cancel();
    signal?.removeEventListener("abort", onAbort);
  }
}
