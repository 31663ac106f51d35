import { isPromise, type MaybePromise } from "../maybe-promise.ts";
import { nextTurn } from "../steps.ts";

/** So long recalls may hold one turn of the event loop, all together; milliseconds. */
const BUDGET_MS = 8;
/** How much the last piece of work counts in the estimate of the next one's time. */
const NEWEST_SHARE = 0.1;

/**
 * Lets recalls run at once while they take little of the event loop, and one after the other, a few milliseconds a turn,
 * when there are many. Who cannot come to run in time is told so at once.
 */
export class RecallGate {
  readonly #now: () => number;
  #spentMs = 0;
  #resets = false;
  #waiting: (() => void)[] = [];
  #draining = false;
  #usualMs = 1;

  /** `now`: milliseconds that only rise. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** True when work would wait longer than this for its turn. */
  isFull(withinMs: number): boolean {
    return this.#waiting.length > 0 && this.#waiting.length * this.#usualMs > withinMs;
  }

  /** Does the work at once if there is room in this turn of the event loop, else in a later one. */
  run<T>(work: () => MaybePromise<T>): MaybePromise<T> {
    if (this.#waiting.length === 0 && this.#spentMs < BUDGET_MS) return this.#timed(work);
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push(() => {
        try {
          const result = this.#timed(work);
          if (isPromise(result)) result.then(resolve, reject);
          else resolve(result);
        } catch (error) {
          reject(error);
        }
      });
      if (!this.#draining) void this.#drain();
    });
  }

  #timed<T>(work: () => T): T {
    const start = this.#now();
    try {
      return work();
    } finally {
      const ms = this.#now() - start;
      this.#spentMs += ms;
      this.#usualMs += (ms - this.#usualMs) * NEWEST_SHARE;
      this.#resetLater();
    }
  }

  #resetLater(): void {
    if (this.#resets) return;
    this.#resets = true;
    void nextTurn().then(() => {
      this.#resets = false;
      this.#spentMs = 0;
    });
  }

  async #drain(): Promise<void> {
    this.#draining = true;
    while (this.#waiting.length > 0) {
      await nextTurn();
      this.#spentMs = 0;
      let next = this.#waiting.shift();
      while (next !== undefined) {
        next();
        next = this.#spentMs < BUDGET_MS ? this.#waiting.shift() : undefined;
      }
    }
    this.#draining = false;
  }
}
