/** Who watches which log of one store, in this process. A holder is not woken by what it did itself. */
export class LogListeners {
  readonly #entries = new Map<string, Set<{ holder: object; listener: () => void }>>();

  /** Adds a listener; `first` when it is the key's only one. `remove` answers whether it was the key's last. */
  add(key: string, holder: object, listener: () => void): { first: boolean; remove: () => boolean } {
    const entries = this.#entries.get(key) ?? new Set();
    const first = entries.size === 0;
    const entry = { holder, listener };
    entries.add(entry);
    this.#entries.set(key, entries);
    const remove = () => {
      if (!entries.delete(entry) || entries.size > 0) return false;
      this.#entries.delete(key);
      return true;
    };
    return { first, remove };
  }

  /** Wakes all who watch one of `keys`, except `holder`. */
  wake(keys: readonly string[], holder?: object): void {
    for (const key of keys) {
      for (const entry of this.#entries.get(key) ?? []) {
        // Apart, so that a listener that throws does not keep the others asleep.
        if (entry.holder !== holder) queueMicrotask(() => this.#entries.get(key)?.has(entry) && entry.listener());
      }
    }
  }
}
