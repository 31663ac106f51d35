import { StorageCorruptError } from "../../errors/index.ts";
import type { Metadata, MetadataValue } from "../documents/index.ts";
import { BooleanColumn } from "./boolean-column.ts";
import { FieldColumn } from "./field-column.ts";
import { ListColumn } from "./list-column.ts";
import { NumberColumn } from "./number-column.ts";
import { PlaceColumn } from "./place-column.ts";
import type { FieldTest } from "./plan.ts";
import { StringColumn } from "./string-column.ts";

const WHERE = "The metadata of a snapshot";

interface FieldHeader {
  field: string;
  strings: string[];
  /** The strings of lists; missing where the field has no list, and in snapshots of format 2. */
  lists?: string[];
}

/**
 * The metadata of an index, one column a field. A column takes memory for the documents that have the field only.
 * Slots are set in ascending order, each once; a cleared slot must be masked by the owner's live set, and its values
 * are forgotten at once.
 */
export class MetadataColumns {
  #fields = new Map<string, FieldColumn>();

  set(slot: number, metadata: Metadata): void {
    for (const field of Object.keys(metadata)) {
      const value: MetadataValue | undefined = metadata[field];
      if (value !== undefined) this.#field(field).push(slot, value);
    }
  }

  clear(slot: number): void {
    for (const column of this.#fields.values()) column.clear(slot);
  }

  /** The number that a slot has in a field; undefined where it has none. For few slots: a filter is faster for many. */
  numberAt(field: string, slot: number): number | undefined {
    return this.#fields.get(field)?.numbers.at(slot);
  }

  /** Sets the bits of the slots that pass the test; those of cleared slots may be set by a test for presence. */
  mark(test: FieldTest, words: Uint32Array): void {
    this.#fields.get(test.field)?.mark(test, words);
  }

  /** Gives each slot its new number, -1 where the document is gone; the order stays. */
  compact(newSlotOf: Int32Array): void {
    for (const [field, column] of this.#fields) {
      const compacted = column.compact(newSlotOf);
      if (compacted.count === 0) this.#fields.delete(field);
      else this.#fields.set(field, compacted);
    }
  }

  /**
   * For a snapshot: a header in JSON, then slots and values of strings, numbers, booleans and places of each field, and
   * where it has lists their slots, ends and values.
   */
  toBytes(): Uint8Array[] {
    const header: FieldHeader[] = [];
    const parts: Uint8Array[] = [];
    for (const [field, { strings, numbers, booleans, places, lists }] of this.#fields) {
      const hasLists = lists.list.count > 0;
      header.push({ field, strings: strings.strings, ...(hasLists ? { lists: lists.strings } : {}) });
      for (const column of [strings, numbers, booleans, places]) parts.push(...column.toBytes());
      if (hasLists) parts.push(...lists.toBytes());
    }
    return [new TextEncoder().encode(JSON.stringify(header)), ...parts];
  }

  /** Throws `storage.corrupt` when the bytes are not what `toBytes` gave. */
  static fromBytes(bytes: readonly Uint8Array[]): MetadataColumns {
    const columns = new MetadataColumns();
    try {
      const [headerBytes, ...parts] = bytes;
      const header = JSON.parse(new TextDecoder().decode(headerBytes)) as FieldHeader[];
      let next = 0;
      const part = (): Uint8Array => {
        const bytes = parts[next++];
        if (bytes === undefined) throw new RangeError("a part is missing");
        return bytes;
      };
      for (const { field, strings, lists } of header) {
        const column = columns.#field(field);
        column.strings = StringColumn.fromBytes(part(), part(), strings);
        column.numbers = NumberColumn.fromBytes(part(), part());
        column.booleans = BooleanColumn.fromBytes(part(), part());
        column.places = PlaceColumn.fromBytes(part(), part());
        if (lists !== undefined) column.lists = ListColumn.fromBytes(part(), part(), part(), lists);
      }
      if (next !== parts.length) throw new RangeError("it has a part too many");
    } catch (error) {
      throw new StorageCorruptError(WHERE, error instanceof Error ? error.message : String(error));
    }
    return columns;
  }

  #field(field: string): FieldColumn {
    const known = this.#fields.get(field);
    if (known !== undefined) return known;
    const column = new FieldColumn();
    this.#fields.set(field, column);
    return column;
  }
}
