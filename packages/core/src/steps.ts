/** Long work that yields wherever it may pause, so that its caller decides: all at once, or in slices. */
export type Steps<T> = Generator<void, T>;

/** How much of a long list one step does: at half a microsecond an item, two milliseconds. */
export const ITEMS_A_STEP = 4_096;
/** How many bytes one step copies: into memory that was never touched that can take three milliseconds. */
export const BYTES_A_STEP = 1_024 * 1_024;

/** Counts items and their bytes; true, and counts anew, when they make a step. */
export function stepCounter(): (bytes: number) => boolean {
  let items = 0;
  let bytes = 0;
  return (more) => {
    items++;
    bytes += more;
    if (items < ITEMS_A_STEP && bytes < BYTES_A_STEP) return false;
    items = 0;
    bytes = 0;
    return true;
  };
}

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

/** A copy of the bytes, in steps. */
export function* copyInSteps(bytes: Uint8Array): Steps<Uint8Array<ArrayBuffer>> {
  const copy = new Uint8Array(bytes.length);
  for (let start = 0; start < bytes.length; start += BYTES_A_STEP) {
    if (start > 0) yield;
    copy.set(bytes.subarray(start, start + BYTES_A_STEP), start);
  }
  return copy;
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
