import { fromBytes, grow, toBytes } from "./growable.ts";

/** Slots in ascending order, one for each entry of a column. */
export class SlotList {
  slots = new Uint32Array(0);
  count = 0;

  /** Answers the entry's number. */
  push(slot: number): number {
    this.slots = grow(this.slots, this.count + 1);
    this.slots[this.count] = slot;
    return this.count++;
  }

  /** The entry of this slot, -1 when there is none. */
  find(slot: number): number {
    // So it is where every document has the field.
    if (slot < this.count && this.slots[slot] === slot) return slot;
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.slots[middle] as number) < slot) low = middle + 1;
      else high = middle;
    }
    return low < this.count && this.slots[low] === slot ? low : -1;
  }

  mark(words: Uint32Array): void {
    const { slots, count } = this;
    for (let entry = 0; entry < count; entry++) markSlot(words, slots[entry] as number);
  }

  toBytes(): Uint8Array {
    return toBytes(this.slots, this.count);
  }

  static fromBytes(bytes: Uint8Array): SlotList {
    const list = new SlotList();
    list.count = bytes.length / 4;
    list.slots = fromBytes(Uint32Array, bytes, list.count);
    return list;
  }
}

export function markSlot(words: Uint32Array, slot: number): void {
  const word = slot >>> 5;
  words[word] = (words[word] as number) | (1 << (slot & 31));
}
