import type { Clock } from "@sotto/core";

/** The answer of `work`, or `late` when it takes longer than `ms`. `work` itself goes on. */
export async function within<T, Late>(clock: Clock, ms: number, work: Promise<T>, late: Late): Promise<T | Late> {
  let cancel = () => {};
  const expired = new Promise<Late>((resolve) => {
    cancel = clock.after(ms, () => resolve(late));
  });
  try {
    return await Promise.race([work, expired]);
  } finally {
    cancel();
  }
}
