import { fromBytes, grow, toBytes } from "./growable.ts";
import { markSlot, SlotList } from "./slot-list.ts";
import { StringColumn } from "./string-column.ts";

/**
 * The lists of strings of one field. Every string of every list is an item, numbered in order; an item knows the slot
 * that its list belongs to, a list the number after its last item.
 */
export class ListColumn {
  readonly list = new SlotList();
  /** By entry. */
  #ends = new Uint32Array(0);
  #items = new StringColumn();
  /** By item. */
  #owners = new Uint32Array(0);

  /** A string that a list holds twice counts once. */
  push(slot: number, value: readonly string[]): void {
    const entry = this.list.push(slot);
    for (const item of new Set(value)) {
      const { count } = this.#items.list;
      this.#items.push(count, item);
      this.#owners = grow(this.#owners, count + 1);
      this.#owners[count] = slot;
    }
    this.#ends = grow(this.#ends, entry + 1);
    this.#ends[entry] = this.#items.list.count;
  }

  clear(slot: number): void {
    const entry = this.list.find(slot);
    if (entry < 0) return;
    const end = this.#ends[entry] as number;
    for (let item = this.#startOf(entry); item < end; item++) this.#items.clear(item);
  }

  /** Sets the bits of the slots whose list holds one of the strings. */
  markAny(wanted: readonly string[], words: Uint32Array): void {
    if (this.list.count === 0 || wanted.length === 0) return;
    const found = new Uint32Array((this.#items.list.count + 31) >>> 5);
    this.#items.markIn(wanted, found);
    found.forEach((bits, word) => {
      for (let rest = bits; rest !== 0; rest &= rest - 1) {
        markSlot(words, this.#owners[word * 32 + 31 - Math.clz32(rest & -rest)] as number);
      }
    });
  }

  compact(newSlotOf: Int32Array): ListColumn {
    const column = new ListColumn();
    for (let entry = 0; entry < this.list.count; entry++) {
      const slot = newSlotOf[this.list.slots[entry] as number] as number;
      if (slot >= 0) column.push(slot, this.#valueOf(entry));
    }
    return column;
  }

  /** The distinct strings by code; "" where it is forgotten. */
  get strings(): string[] {
    return this.#items.strings;
  }

  /** Slots of the lists, their ends, and the code of each item. */
  toBytes(): Uint8Array[] {
    const [, codes] = this.#items.toBytes() as [Uint8Array, Uint8Array];
    return [this.list.toBytes(), toBytes(this.#ends, this.list.count), codes];
  }

  /** Throws a RangeError when the parts do not fit together. */
  static fromBytes(slots: Uint8Array, ends: Uint8Array, codes: Uint8Array, strings: readonly string[]): ListColumn {
    const column = new ListColumn();
    const list = SlotList.fromBytes(slots);
    const itemCount = codes.length / 4;
    const endOf = fromBytes(Uint32Array, ends, list.count);
    const codeOf = fromBytes(Uint32Array, codes, itemCount);
    if ((endOf[list.count - 1] ?? 0) !== itemCount) throw new RangeError("a list's strings are missing");
    let item = 0;
    for (let entry = 0; entry < list.count; entry++) {
      const value: string[] = [];
      for (const end = endOf[entry] as number; item < end; item++) {
        const string = strings[codeOf[item] as number];
        if (string !== undefined) value.push(string);
      }
      column.push(list.slots[entry] as number, value);
    }
    return column;
  }

  #startOf(entry: number): number {
    return entry === 0 ? 0 : (this.#ends[entry - 1] as number);
  }

  #valueOf(entry: number): string[] {
    const value: string[] = [];
    for (let item = this.#startOf(entry); item < (this.#ends[entry] as number); item++) {
      const string = this.#items.at(item);
      if (string !== undefined) value.push(string);
    }
    return value;
  }
}
