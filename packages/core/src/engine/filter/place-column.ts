import { squaredChord, writeUnitVector } from "./great-circle.ts";
import { fromBytes, grow, toBytes } from "./growable.ts";
import type { Place } from "./plan.ts";
import { markSlot, SlotList } from "./slot-list.ts";

/** The places of one field: degrees, and points on the unit sphere for `$near`. */
export class PlaceColumn {
  readonly list = new SlotList();
  #degrees = new Float64Array(0);
  #points = new Float64Array(0);

  push(slot: number, [latitude, longitude]: Place): void {
    const entry = this.list.push(slot);
    this.#degrees = grow(this.#degrees, (entry + 1) * 2);
    this.#points = grow(this.#points, (entry + 1) * 3);
    this.#degrees[entry * 2] = latitude;
    this.#degrees[entry * 2 + 1] = longitude;
    writeUnitVector(latitude, longitude, this.#points, entry * 3);
  }

  /** NaN equals nothing and is near nothing. */
  clear(slot: number): void {
    const entry = this.list.find(slot);
    if (entry < 0) return;
    this.#degrees.fill(Number.NaN, entry * 2, entry * 2 + 2);
    this.#points.fill(Number.NaN, entry * 3, entry * 3 + 3);
  }

  markIn(wanted: readonly Place[], words: Uint32Array): void {
    for (const [latitude, longitude] of wanted) {
      for (let entry = 0; entry < this.list.count; entry++) {
        if (this.#degrees[entry * 2] === latitude && this.#degrees[entry * 2 + 1] === longitude) {
          markSlot(words, this.list.slots[entry] as number);
        }
      }
    }
  }

  markNear([latitude, longitude]: Place, radiusMeters: number, words: Uint32Array): void {
    const center = new Float64Array(3);
    writeUnitVector(latitude, longitude, center, 0);
    const [cx, cy, cz] = center as unknown as [number, number, number];
    const limit = squaredChord(radiusMeters);
    const { slots, count } = this.list;
    const points = this.#points;
    for (let entry = 0; entry < count; entry++) {
      const x = (points[entry * 3] as number) - cx;
      const y = (points[entry * 3 + 1] as number) - cy;
      const z = (points[entry * 3 + 2] as number) - cz;
      if (x * x + y * y + z * z <= limit) markSlot(words, slots[entry] as number);
    }
  }

  compact(newSlotOf: Int32Array): PlaceColumn {
    const column = new PlaceColumn();
    for (let entry = 0; entry < this.list.count; entry++) {
      const slot = newSlotOf[this.list.slots[entry] as number] as number;
      if (slot >= 0) column.push(slot, this.#place(entry));
    }
    return column;
  }

  toBytes(): Uint8Array[] {
    return [this.list.toBytes(), toBytes(this.#degrees, this.list.count * 2)];
  }

  static fromBytes(slots: Uint8Array, degrees: Uint8Array): PlaceColumn {
    const column = new PlaceColumn();
    const list = SlotList.fromBytes(slots);
    const values = fromBytes(Float64Array, degrees, list.count * 2);
    for (let entry = 0; entry < list.count; entry++) {
      column.push(list.slots[entry] as number, [values[entry * 2] as number, values[entry * 2 + 1] as number]);
    }
    return column;
  }

  #place(entry: number): Place {
    return [this.#degrees[entry * 2] as number, this.#degrees[entry * 2 + 1] as number];
  }
}
