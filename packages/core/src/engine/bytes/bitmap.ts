/**
 * A set of slots, one bit each: bit `slot & 31` of word `slot >>> 5`. Slots past its end are not in it; adding one makes
 * it grow. Filters answer with one, and live documents are one.
 */
export class Bitmap {
  /** Bits past the last slot are 0. Replaced when the bitmap grows. */
  words: Uint32Array<ArrayBuffer>;

  /** An empty set with room for `slots` slots. */
  constructor(slots = 0) {
    this.words = new Uint32Array((slots + 31) >>> 5);
  }

  /** The set of the slots 0 to `slots` - 1. */
  static full(slots: number): Bitmap {
    const bitmap = new Bitmap(slots);
    bitmap.words.fill(0xffffffff);
    if ((slots & 31) !== 0) bitmap.words[slots >>> 5] = lowBits(slots & 31);
    return bitmap;
  }

  set(slot: number): void {
    const word = slot >>> 5;
    if (word >= this.words.length) this.growTo(Math.max(slot + 1, this.words.length * 64));
    (this.words[word] as number) |= 1 << (slot & 31);
  }

  clear(slot: number): void {
    const word = slot >>> 5;
    if (word < this.words.length) (this.words[word] as number) &= ~(1 << (slot & 31));
  }

  has(slot: number): boolean {
    return (((this.words[slot >>> 5] ?? 0) >>> (slot & 31)) & 1) === 1;
  }

  /** How many slots are in the set. */
  count(): number {
    let count = 0;
    for (let i = 0; i < this.words.length; i++) count += popCount(this.words[i] as number);
    return count;
  }

  /** Makes room for `slots` slots; what is in the set stays. */
  growTo(slots: number): void {
    const words = (slots + 31) >>> 5;
    if (words <= this.words.length) return;
    const grown = new Uint32Array(words);
    grown.set(this.words);
    this.words = grown;
  }

  /** Keeps what is also in `other`. Changes this set and returns it, as do `or` and `andNot`. */
  and(other: Bitmap): this {
    for (let i = 0; i < this.words.length; i++) (this.words[i] as number) &= other.words[i] ?? 0;
    return this;
  }

  or(other: Bitmap): this {
    this.growTo(other.words.length * 32);
    for (let i = 0; i < other.words.length; i++) (this.words[i] as number) |= other.words[i] as number;
    return this;
  }

  andNot(other: Bitmap): this {
    const words = Math.min(this.words.length, other.words.length);
    for (let i = 0; i < words; i++) (this.words[i] as number) &= ~(other.words[i] as number);
    return this;
  }

  /** Calls `visit` for every slot in the set, ascending. The set may be changed meanwhile only at the visited slot. */
  forEach(visit: (slot: number) => void): void {
    for (let i = 0; i < this.words.length; i++) {
      for (let word = this.words[i] as number; word !== 0; word &= word - 1) visit(i * 32 + lowestBit(word));
    }
  }

  /** The slots in the set, ascending. */
  toSlots(): Uint32Array<ArrayBuffer> {
    const slots = new Uint32Array(this.count());
    let at = 0;
    this.forEach((slot) => {
      slots[at++] = slot;
    });
    return slots;
  }

  clone(): Bitmap {
    const copy = new Bitmap();
    copy.words = this.words.slice();
    return copy;
  }

  /**
   * Writes the first `slots` bits, and'ed with those of `other` if it is given, to `target` from word `at` on (the last
   * word filled up with 0), as the kernel reads them. Answers how many of the bits are 1.
   */
  writeTo(target: Uint32Array, at: number, slots: number, other?: Bitmap): number {
    const words = (slots + 31) >>> 5;
    const inTail = slots & 31;
    let count = 0;
    for (let i = 0; i < words; i++) {
      let word = this.words[i] ?? 0;
      if (other !== undefined) word &= other.words[i] ?? 0;
      if (i === words - 1 && inTail !== 0) word &= lowBits(inTail);
      target[at + i] = word;
      count += popCount(word);
    }
    return count;
  }
}

/** Number of 1 bits in 32. */
export function popCount(word: number): number {
  let sums = word - ((word >>> 1) & 0x55555555);
  sums = (sums & 0x33333333) + ((sums >>> 2) & 0x33333333);
  return Math.imul((sums + (sums >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Place of the lowest 1 bit of a word that is not 0. */
export function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}

function lowBits(bits: number): number {
  return (1 << bits) - 1;
}
