import type { MetadataScalar, MetadataValue } from "../documents/index.ts";
import { isStringList } from "../documents/index.ts";
import { BooleanColumn } from "./boolean-column.ts";
import { ListColumn } from "./list-column.ts";
import { NumberColumn } from "./number-column.ts";
import { PlaceColumn } from "./place-column.ts";
import type { FieldTest, Place } from "./plan.ts";
import { StringColumn } from "./string-column.ts";

/** All values of one field, by type; a value of one type never equals or orders with one of another. */
export class FieldColumn {
  strings = new StringColumn();
  numbers = new NumberColumn();
  booleans = new BooleanColumn();
  places = new PlaceColumn();
  lists = new ListColumn();

  /** Entries, cleared ones included. */
  get count(): number {
    return this.#all.reduce((sum, column) => sum + column.list.count, 0);
  }

  push(slot: number, value: MetadataValue): void {
    if (typeof value === "string") this.strings.push(slot, value);
    else if (typeof value === "number") this.numbers.push(slot, value);
    else if (typeof value === "boolean") this.booleans.push(slot, value);
    else if (isStringList(value)) this.lists.push(slot, value);
    else this.places.push(slot, value);
  }

  clear(slot: number): void {
    for (const column of this.#all) column.clear(slot);
  }

  /** Sets the bits of the slots that pass the test. */
  mark(test: FieldTest, words: Uint32Array): void {
    switch (test.kind) {
      case "present":
        for (const column of this.#all) column.list.mark(words);
        return;
      case "near":
        this.places.markNear(test.point, test.radiusMeters, words);
        return;
      case "range":
        if (typeof test.bound === "string") this.strings.markRange(test.operator, test.bound, words);
        else this.numbers.markRange(test.operator, test.bound, words);
        return;
      case "in": {
        const strings = test.values.filter((value) => typeof value === "string");
        this.strings.markIn(strings, words);
        this.lists.markAny(strings, words);
        this.numbers.markIn(
          test.values.filter((value) => typeof value === "number"),
          words,
        );
        this.booleans.markIn(
          test.values.filter((value) => typeof value === "boolean"),
          words,
        );
        this.places.markIn(test.values.filter(isPlaceValue), words);
      }
    }
  }

  compact(newSlotOf: Int32Array): FieldColumn {
    const column = new FieldColumn();
    column.strings = this.strings.compact(newSlotOf);
    column.numbers = this.numbers.compact(newSlotOf);
    column.booleans = this.booleans.compact(newSlotOf);
    column.places = this.places.compact(newSlotOf);
    column.lists = this.lists.compact(newSlotOf);
    return column;
  }

  get #all() {
    return [this.strings, this.numbers, this.booleans, this.places, this.lists];
  }
}

function isPlaceValue(value: MetadataScalar): value is Place {
  return typeof value === "object";
}
