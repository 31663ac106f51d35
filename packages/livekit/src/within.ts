/** How something that has to be done by a deadline came out. */
export type Outcome<T> = { status: "done"; value: T } | { status: "failed"; error: unknown } | { status: "late" };

/**
 * Waits for `start()` at most `ms` milliseconds. Never rejects, and what settles later is dropped; its signal is aborted
 * then.
 */
export function within<T>(ms: number, start: (signal: AbortSignal) => T | PromiseLike<T>): Promise<Outcome<T>> {
  return new Promise((resolve) => {
    const abort = new AbortController();
    const timer = setTimeout(() => {
      resolve({ status: "late" });
      abort.abort();
    }, ms);
    const finish = (outcome: Outcome<T>) => {
      clearTimeout(timer);
      resolve(outcome);
    };
    try {
      Promise.resolve(start(abort.signal)).then(
        (value) => finish({ status: "done", value }),
        (error: unknown) => finish({ status: "failed", error }),
      );
    } catch (error) {
      finish({ status: "failed", error });
    }
  });
}
