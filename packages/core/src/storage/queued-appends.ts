/** Appends of one store whose callers did not wait for the disk, and what they failed with. */
export class QueuedAppends {
  readonly #byKey = new Map<string, Promise<unknown>>();

  add(key: string, append: Promise<unknown>): void {
    // The first failure is the one to report.
    const all = Promise.all([this.#byKey.get(key), append]).then(() => {
      if (this.#byKey.get(key) === all) this.#byKey.delete(key);
    });
    this.#byKey.set(key, all);
    all.catch(() => {});
  }

  /** Resolves when those of a log are on disk; rejects, once, with the first failure among them. */
  async settled(key: string): Promise<void> {
    const all = this.#byKey.get(key);
    this.#byKey.delete(key);
    await all;
  }

  async allSettled(): Promise<void> {
    await Promise.all([...this.#byKey.keys()].map((key) => this.settled(key)));
  }
}
