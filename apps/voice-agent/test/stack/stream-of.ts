/** Things that arrive one after another, to be waited for. */
export class StreamOf<T> {
  readonly all: T[] = [];
  #wake = new Set<() => void>();

  push(value: T): void {
    this.all.push(value);
    for (const wake of this.#wake) wake();
  }

  /** The first that matches, there already or still to come. Rejects, saying what did come, after `timeoutMs`. */
  async first<Found extends T>(
    what: string,
    matches: ((value: T) => value is Found) | ((value: T) => boolean),
    timeoutMs = 30_000,
  ): Promise<Found> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const found = this.all.find(matches as (value: T) => boolean);
      if (found !== undefined) return found as Found;
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`No ${what} within ${timeoutMs} ms, only ${JSON.stringify(this.all)}`);
      await this.#woken(left);
    }
  }

  #woken(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#wake.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, timeoutMs);
      this.#wake.add(wake);
    });
  }
}
