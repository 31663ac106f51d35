/** Work that goes over several turns of the event loop, one after the other. */
export class OneAtATime {
  #busy: Promise<void> | undefined;

  /** Resolves when nothing is under way. */
  async free(): Promise<void> {
    while (this.#busy !== undefined) await this.#busy;
  }

  /** Does `work` once nothing else is under way; it begins at once when nothing is. */
  async take<T>(work: () => Promise<T>): Promise<T> {
    while (this.#busy !== undefined) await this.#busy;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#busy = promise;
    try {
      return await work();
    } finally {
      this.#busy = undefined;
      resolve();
    }
  }
}
