/** Time, injectable so that deadlines and expiries can be tested without waiting. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Monotonic milliseconds, for durations. */
  monotonic(): number;
  /**
   * Calls back once after `ms`; answers a function that cancels it. Somebody waits for it, so that it keeps the process
   * alive; with `background` nobody does (a sweep of what is idle), and the process may end before.
   */
  after(ms: number, callback: () => void, options?: { background?: boolean }): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, callback, options) {
    const timer = setTimeout(callback, ms);
    if (options?.background === true) (timer as { unref?: () => void }).unref?.();
    return () => clearTimeout(timer);
  },
};
