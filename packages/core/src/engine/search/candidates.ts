const INITIAL_ROOM = 256;

/** The slots of one index that a search looks at, each once, with the parts of their score; the first `count` places. */
export class Candidates {
  count = 0;
  slots = new Uint32Array(INITIAL_ROOM);
  /** NaN where there is no vector. */
  cosines = new Float32Array(INITIAL_ROOM);
  bm25 = new Float32Array(INITIAL_ROOM);
  scores = new Float32Array(INITIAL_ROOM);
  /** Of a question of several sentences: the score by the whole, and by the best sentence. */
  wholes = new Float32Array(INITIAL_ROOM);
  sentences = new Float32Array(INITIAL_ROOM);
  /** What neighbours add to the score. */
  credits = new Float64Array(INITIAL_ROOM);
  /** 1 for a slot that takes no part. */
  excluded = new Uint8Array(INITIAL_ROOM);
  /** Place + 1 of each slot; 0 for one that is no candidate. */
  #places = new Uint32Array(0);

  /** Forgets all, and makes room for slots below `slotCount`. */
  begin(slotCount: number): void {
    this.keep(0, () => false);
    if (slotCount > this.#places.length) this.#places = new Uint32Array(Math.ceil(slotCount * 1.25));
  }

  /** The place of a slot, which becomes a candidate if it is none. */
  add(slot: number): number {
    const known = this.#places[slot] as number;
    if (known > 0) return known - 1;
    if (this.count === this.slots.length) this.#grow();
    const place = this.count++;
    this.slots[place] = slot;
    this.cosines[place] = Number.NaN;
    this.bm25[place] = 0;
    this.scores[place] = 0;
    this.credits[place] = 0;
    this.excluded[place] = 0;
    this.#places[slot] = place + 1;
    return place;
  }

  /** Marks those of the candidates from place `from` on that take no part. */
  exclude(from: number, isExcluded: (slot: number) => boolean): void {
    for (let place = from; place < this.count; place++)
      if (isExcluded(this.slots[place] as number)) this.excluded[place] = 1;
  }

  /** Keeps, of the places from `from` on, those that pass, and moves them up. Only slots and credits move with them. */
  keep(from: number, passes: (place: number) => boolean): void {
    let kept = from;
    for (let place = from; place < this.count; place++) {
      const slot = this.slots[place] as number;
      if (passes(place)) {
        this.slots[kept] = slot;
        this.credits[kept] = this.credits[place] as number;
        this.#places[slot] = ++kept;
      } else {
        this.#places[slot] = 0;
      }
    }
    this.count = kept;
  }

  #grow(): void {
    const room = this.slots.length * 2;
    this.slots = grown(new Uint32Array(room), this.slots);
    this.cosines = grown(new Float32Array(room), this.cosines);
    this.bm25 = grown(new Float32Array(room), this.bm25);
    this.scores = grown(new Float32Array(room), this.scores);
    this.wholes = grown(new Float32Array(room), this.wholes);
    this.sentences = grown(new Float32Array(room), this.sentences);
    this.credits = grown(new Float64Array(room), this.credits);
    this.excluded = grown(new Uint8Array(room), this.excluded);
  }
}

/** Shared by all searches: one runs to its end before the next one begins. */
export const candidates = new Candidates();

function grown<T extends { set(values: T): void }>(larger: T, values: T): T {
  larger.set(values);
  return larger;
}
