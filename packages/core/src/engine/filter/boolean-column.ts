import { NumberColumn } from "./number-column.ts";
import type { SlotList } from "./slot-list.ts";

/** The booleans of one field, as 1 and 0. */
export class BooleanColumn {
  #numbers: NumberColumn;

  constructor(numbers = new NumberColumn()) {
    this.#numbers = numbers;
  }

  get list(): SlotList {
    return this.#numbers.list;
  }

  push(slot: number, value: boolean): void {
    this.#numbers.push(slot, Number(value));
  }

  clear(slot: number): void {
    this.#numbers.clear(slot);
  }

  markIn(wanted: readonly boolean[], words: Uint32Array): void {
    this.#numbers.markIn(wanted.map(Number), words);
  }

  compact(newSlotOf: Int32Array): BooleanColumn {
    return new BooleanColumn(this.#numbers.compact(newSlotOf));
  }

  toBytes(): Uint8Array[] {
    return this.#numbers.toBytes();
  }

  static fromBytes(slots: Uint8Array, values: Uint8Array): BooleanColumn {
    return new BooleanColumn(NumberColumn.fromBytes(slots, values));
  }
}
