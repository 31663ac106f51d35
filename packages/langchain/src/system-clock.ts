import type { Clock } from "@sotto/core";

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, callback, options) {
    const timer = setTimeout(callback, ms);
    if (options?.background === true) (timer as { unref?: () => void }).unref?.();
    return () => clearTimeout(timer);
  },
};
