/** Long work that yields wherever it may pause, so that its caller decides: all at once, or in slices. */
export type Steps<T> = Generator<void, T>;

/** Takes all steps at once. */
export function takeAll<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** Takes the steps one a turn of the event loop. Rejects with the signal's reason, taking no further one, when it aborts. */
export async function takeInTurns<T>(steps: Steps<T>, signal?: AbortSignal): Promise<T> {
  for (;;) {
    signal?.throwIfAborted();
    const { done, value } = steps.next();
    if (done === true) return value;
    await nextTurn();
  }
}

/** Lets the event loop run what waits: timers, sockets, audio. Resolves in its next turn: a task, not a microtask. */
export const nextTurn: () => Promise<void> =
  typeof setImmediate === "function"
    ? () => new Promise((resolve) => setImmediate(resolve))
    : () =>
        new Promise((resolve) => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => {
            port1.close();
            resolve();
          };
          port2.postMessage(undefined);
        });
