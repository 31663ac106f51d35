import { nextTurn } from "@sotto-internal/embedding";

/** How long the event loop is held at most between two turns, about. */
const MOST_MS = 1;

/** Lets timers, sockets and clicks have their turn, when it is time. */
export class Turns {
  #since = performance.now();

  /** Resolves at once, or, when this thread was held long enough, after the others had their turn. */
  async give(): Promise<void> {
    if (performance.now() - this.#since < MOST_MS) return;
    await nextTurn();
    this.#since = performance.now();
  }

  /** Runs a generator to its end, giving turns between its steps; `assertWanted` may throw there. */
  async run<Result>(steps: Generator<void, Result>, assertWanted?: () => void): Promise<Result> {
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
      await this.give();
      assertWanted?.();
    }
  }
}
