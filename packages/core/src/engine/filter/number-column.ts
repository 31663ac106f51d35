import { fromBytes, grow, toBytes } from "./growable.ts";
import type { Range } from "./plan.ts";
import { markSlot, SlotList } from "./slot-list.ts";

/** The numbers of one field. */
export class NumberColumn {
  readonly list = new SlotList();
  #values = new Float64Array(0);

  push(slot: number, value: number): void {
    const entry = this.list.push(slot);
    this.#values = grow(this.#values, entry + 1);
    this.#values[entry] = value;
  }

  /** NaN is in no range and equals nothing. */
  clear(slot: number): void {
    const entry = this.list.find(slot);
    if (entry >= 0) this.#values[entry] = Number.NaN;
  }

  /** Undefined for a slot without a number. */
  at(slot: number): number | undefined {
    const entry = this.list.find(slot);
    const value = entry < 0 ? Number.NaN : (this.#values[entry] as number);
    return Number.isNaN(value) ? undefined : value;
  }

  markIn(wanted: readonly number[], words: Uint32Array): void {
    const { slots, count } = this.list;
    const values = this.#values;
    const [only] = wanted;
    if (wanted.length === 1) {
      for (let entry = 0; entry < count; entry++) if (values[entry] === only) markSlot(words, slots[entry] as number);
      return;
    }
    const set = new Set(wanted);
    for (let entry = 0; entry < count; entry++) {
      if (set.has(values[entry] as number)) markSlot(words, slots[entry] as number);
    }
  }

  markRange(operator: Range, bound: number, words: Uint32Array): void {
    const { slots, count } = this.list;
    const values = this.#values;
    const below = operator === "$lt" || operator === "$lte";
    const orEqual = operator === "$gte" || operator === "$lte";
    for (let entry = 0; entry < count; entry++) {
      const value = values[entry] as number;
      if ((below ? value < bound : value > bound) || (orEqual && value === bound))
        markSlot(words, slots[entry] as number);
    }
  }

  compact(newSlotOf: Int32Array): NumberColumn {
    const column = new NumberColumn();
    for (let entry = 0; entry < this.list.count; entry++) {
      const slot = newSlotOf[this.list.slots[entry] as number] as number;
      if (slot >= 0) column.push(slot, this.#values[entry] as number);
    }
    return column;
  }

  toBytes(): Uint8Array[] {
    return [this.list.toBytes(), toBytes(this.#values, this.list.count)];
  }

  static fromBytes(slots: Uint8Array, values: Uint8Array): NumberColumn {
    const column = new NumberColumn();
    Object.assign(column.list, SlotList.fromBytes(slots));
    column.#values = fromBytes(Float64Array, values, column.list.count);
    return column;
  }
}
