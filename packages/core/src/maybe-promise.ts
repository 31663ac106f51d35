/** A value that may be there already, so that what is open needs no turn of the event loop. */
export type MaybePromise<T> = T | Promise<T>;

/** By its `then`, so that promises of other realms count. */
export function isPromise<T>(value: MaybePromise<T>): value is Promise<T> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === "function";
}

/** `next(value)`, at once when the value is there. */
export function after<T, R>(value: MaybePromise<T>, next: (value: T) => MaybePromise<R>): MaybePromise<R> {
  return isPromise(value) ? value.then(next) : next(value);
}
