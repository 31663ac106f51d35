import type { StoredIndex } from "../engine/index.ts";

/** The state of an index as a search saw it. */
export class IndexStamp {
  readonly #stored: StoredIndex;
  readonly #state: string;

  constructor(stored: StoredIndex) {
    this.#stored = stored;
    this.#state = stateOf(stored);
  }

  /** True while a search of `stored` would see the same. */
  holds(stored: StoredIndex = this.#stored): boolean {
    return stored === this.#stored && !stored.closed && stateOf(stored) === this.#state;
  }
}

/** Slots and documents too: a `queued` write is searchable before it has a version. */
function stateOf(stored: StoredIndex): string {
  if (stored.closed) return "closed";
  const { slotCount, size } = stored.index.documents;
  return `${stored.epoch}/${stored.version}/${slotCount}/${size}`;
}
