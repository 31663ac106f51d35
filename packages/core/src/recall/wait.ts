import type { Clock } from "../clock.ts";

export interface WaitOptions {
  clock: Clock;
  ms: number;
  signal?: AbortSignal | undefined;
  /** Calls back once when there is nothing left to wait for. */
  onSettled: (callback: () => void) => void;
}

/** Waits until what was begun has settled, the time is over or the signal fires: whichever is first. Never rejects. */
export function waitFor({ clock, ms, signal, onSettled }: WaitOptions): Promise<"settled" | "late" | "aborted"> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve("aborted");
    let cancel = () => {};
    const abort = () => end("aborted");
    function end(why: "settled" | "late" | "aborted") {
      cancel();
      signal?.removeEventListener("abort", abort);
      resolve(why);
    }
    signal?.addEventListener("abort", abort, { once: true });
    cancel = clock.after(Math.max(0, ms), () => end("late"));
    onSettled(() => end("settled"));
  });
}
