import { StorageCorruptError } from "../../errors/index.ts";
import { copyInSteps, ITEMS_A_STEP, type Steps } from "../../steps.ts";
import { decodeStrings, encodeStrings, numbersIn } from "../bytes/index.ts";
import { BytePages } from "./byte-pages.ts";
import type { JsonValue, Metadata, StoredDocument } from "./document.ts";
import { type Entry, entryOf, FIELDS, storedNumbers } from "./slot-fields.ts";

/** Parts of a table as bytes. */
const PART_COUNT = 6;
type Part = Uint8Array;
type Parts = readonly [Part, Part, Part, Part, Part, Part];

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * The documents of an index by slot. Slots are given in order and never reused (an upsert takes a new one), so the order
 * of slots is the order of adding. Text, title, metadata and payload are UTF-8 outside the JavaScript heap, decoded for hits only.
 */
export class DocumentTable {
  #slotOf = new Map<string, number>();
  #ids: (string | undefined)[] = [];
  #parents: (string | undefined)[] = [];
  #positions: number[] = [];
  #chunksOf = new Map<string, Set<number>>();
  #fields = new Uint32Array(64 * FIELDS);
  #pages = new BytePages();
  #plainCount = 0;

  /** Slots given out, dead ones included. */
  get slotCount(): number {
    return this.#ids.length;
  }

  /** Live documents, chunks counted one by one. */
  get size(): number {
    return this.#slotOf.size;
  }

  /** Live documents as they were handed in: chunks of one parent count once. */
  get parentCount(): number {
    return this.#plainCount + this.#chunksOf.size;
  }

  get bytes(): number {
    return this.#pages.bytes + this.#fields.byteLength;
  }

  slotOf(id: string): number | undefined {
    return this.#slotOf.get(id);
  }

  idAt(slot: number): string | undefined {
    return this.#ids[slot];
  }

  parentAt(slot: number): string | undefined {
    return this.#parents[slot];
  }

  /** Live ids, in the order of their slots. */
  ids(): IterableIterator<string> {
    return this.#slotOf.keys();
  }

  /** Ids of the chunks of one parent, in order. */
  chunkIdsOf(parentId: string): string[] {
    return Array.from(this.#chunksOf.get(parentId) ?? [], (slot) => this.#ids[slot] as string);
  }

  hasParent(parentId: string): boolean {
    return this.#chunksOf.has(parentId);
  }

  /** Adds under a new slot. The id must not be live. */
  add(document: StoredDocument): number {
    const slot = this.#ids.length;
    this.#ids.push(document.id);
    this.#parents.push(document.chunk?.parentId);
    this.#positions.push(document.chunk?.position ?? 0);
    this.#slotOf.set(document.id, slot);
    this.#link(document.chunk?.parentId, slot);
    this.#write(slot, document);
    return slot;
  }

  /** Takes a document out and zeroes its bytes. Answers its slot, or undefined when there is none. */
  remove(id: string): number | undefined {
    const slot = this.#slotOf.get(id);
    if (slot === undefined) return undefined;
    this.#slotOf.delete(id);
    this.#unlink(this.#parents[slot], slot);
    this.#ids[slot] = undefined;
    this.#parents[slot] = undefined;
    this.#record(slot).fill(0);
    return slot;
  }

  text(slot: number): string {
    const [page, offset, length] = this.#entry(slot);
    return decoder.decode(this.#pages.view(page, offset, length));
  }

  title(slot: number): string | undefined {
    const [page, offset, text, metadata, payload, title] = this.#entry(slot);
    return title === 0 ? undefined : decoder.decode(this.#pages.view(page, offset + text + metadata + payload, title));
  }

  metadata(slot: number): Metadata | undefined {
    const [page, offset, text, length] = this.#entry(slot);
    if (length === 0) return undefined;
    return JSON.parse(decoder.decode(this.#pages.view(page, offset + text, length))) as Metadata;
  }

  document(slot: number): StoredDocument {
    const [page, offset, text, metadata, payload, title] = this.#entry(slot);
    const decode = (start: number, length: number) => decoder.decode(this.#pages.view(page, start, length));
    const document: StoredDocument = { id: this.#ids[slot] as string, text: decode(offset, text) };
    if (metadata > 0) document.metadata = JSON.parse(decode(offset + text, metadata)) as Metadata;
    if (payload > 0) document.payload = JSON.parse(decode(offset + text + metadata, payload)) as JsonValue;
    if (title > 0) document.title = decode(offset + text + metadata + payload, title);
    const parentId = this.#parents[slot];
    if (parentId !== undefined) document.chunk = { parentId, position: this.#positions[slot] as number };
    return document;
  }

  /**
   * Renumbers the live slots without gaps: nothing may change until `commit` puts the result in place. `newSlotOf`: the new
   * slot of each old one, -1 where there is none.
   */
  *compact(): Steps<{ newSlotOf: Int32Array; commit: () => void }> {
    const newSlotOf = new Int32Array(this.#ids.length).fill(-1);
    const next = new DocumentTable();
    next.#fields = new Uint32Array(Math.max(64, this.#slotOf.size) * FIELDS);
    for (let slot = 0; slot < this.#ids.length; slot++) {
      if (slot > 0 && slot % ITEMS_A_STEP === 0) yield;
      const id = this.#ids[slot];
      if (id === undefined) continue;
      const newSlot = next.#ids.length;
      newSlotOf[slot] = newSlot;
      next.#ids.push(id);
      next.#parents.push(this.#parents[slot]);
      next.#positions.push(this.#positions[slot] as number);
      next.#slotOf.set(id, newSlot);
      next.#link(this.#parents[slot], newSlot);
      const [, , text, metadata, payload, title] = this.#entry(slot);
      const record = this.#record(slot);
      const { page, offset, view } = next.#pages.reserve(record.length);
      view.set(record);
      next.#fields.set([page, offset, text, metadata, payload, title], newSlot * FIELDS);
    }
    const commit = () => {
      this.#pages.clear();
      this.#ids = next.#ids;
      this.#parents = next.#parents;
      this.#positions = next.#positions;
      this.#slotOf = next.#slotOf;
      this.#chunksOf = next.#chunksOf;
      this.#plainCount = next.#plainCount;
      this.#fields = next.#fields;
      this.#pages = next.#pages;
    };
    return { newSlotOf, commit };
  }

  /**
   * For a snapshot; the table must have no dead slots. Six parts: the ids and the parents' ids (two parts each, see
   * `encodeStrings`), six numbers a slot (uint32, little-endian: bytes of text, of metadata and of payload, position,
   * 1 + the parent's place among the parents or 0, bytes of the title; without the last in snapshots of earlier versions),
   * the bytes of text, metadata, payload and title slot by slot.
   */
  *toBytes(): Steps<Uint8Array[]> {
    const n = this.#ids.length;
    const parents = new Map<string, number>();
    const numbers = new Uint32Array(n * FIELDS);
    let total = 0;
    for (let slot = 0; slot < n; slot++) {
      if (slot > 0 && slot % ITEMS_A_STEP === 0) yield;
      const [, , text, metadata, payload, title] = this.#entry(slot);
      const at = slot * FIELDS;
      numbers[at] = text;
      numbers[at + 1] = metadata;
      numbers[at + 2] = payload;
      numbers[at + 3] = this.#positions[slot] as number;
      const parent = this.#parents[slot];
      if (parent !== undefined) {
        const number = parents.get(parent) ?? parents.size + 1;
        parents.set(parent, number);
        numbers[at + 4] = number;
      }
      numbers[at + 5] = title;
      total += text + metadata + payload + title;
    }
    const blob = new Uint8Array(total);
    let end = 0;
    for (let slot = 0; slot < n; slot++) {
      if (slot > 0 && slot % ITEMS_A_STEP === 0) yield;
      const record = this.#record(slot);
      blob.set(record, end);
      end += record.length;
    }
    const ids = yield* encodeStrings(this.#ids as string[]);
    const parentIds = yield* encodeStrings([...parents.keys()]);
    return [...ids, ...parentIds, new Uint8Array(numbers.buffer), blob];
  }

  /** Throws `storage.corrupt` when the parts do not fit together. */
  static *fromBytes(parts: readonly Uint8Array[]): Steps<DocumentTable> {
    check(parts.length === PART_COUNT, "they have not the parts of a table");
    const [idText, idLengths, parentText, parentLengths, numberBytes, blob] = parts as Parts;
    const ids = yield* decodeStrings(idText, idLengths);
    const parents = yield* decodeStrings(parentText, parentLengths);
    check(ids !== undefined && parents !== undefined, "their ids are cut short");
    const numbers = storedNumbers(numbersIn(numberBytes, Uint32Array), ids.length);
    check(numbers !== undefined, `they are not ${ids.length}`);
    const table = new DocumentTable();
    table.#ids = ids;
    table.#fields = new Uint32Array(Math.max(64, ids.length) * FIELDS);
    const page = blob.length > 0 ? table.#pages.adopt(yield* copyInSteps(blob)) : 0;
    let end = 0;
    for (let slot = 0; slot < ids.length; slot++) {
      if (slot > 0 && slot % ITEMS_A_STEP === 0) yield;
      const at = slot * FIELDS;
      const parentNumber = numbers[at + 4] as number;
      const parent = parentNumber === 0 ? undefined : parents[parentNumber - 1];
      table.#parents.push(parent);
      table.#positions.push(numbers[at + 3] as number);
      table.#slotOf.set(ids[slot] as string, slot);
      table.#link(parent, slot);
      table.#fields[at] = page;
      table.#fields[at + 1] = end;
      for (let field = 0; field < 3; field++) {
        const length = numbers[at + field] as number;
        table.#fields[at + 2 + field] = length;
        end += length;
      }
      table.#fields[at + 5] = numbers[at + 5] as number;
      end += numbers[at + 5] as number;
    }
    check(end === blob.length, `their texts have ${blob.length} bytes, not ${end}`);
    return table;
  }

  #link(parentId: string | undefined, slot: number): void {
    if (parentId === undefined) {
      this.#plainCount++;
      return;
    }
    const chunks = this.#chunksOf.get(parentId);
    if (chunks === undefined) this.#chunksOf.set(parentId, new Set([slot]));
    else chunks.add(slot);
  }

  #unlink(parentId: string | undefined, slot: number): void {
    if (parentId === undefined) {
      this.#plainCount--;
      return;
    }
    const chunks = this.#chunksOf.get(parentId) as Set<number>;
    chunks.delete(slot);
    if (chunks.size === 0) this.#chunksOf.delete(parentId);
  }

  #write(slot: number, document: StoredDocument): void {
    if ((slot + 1) * FIELDS > this.#fields.length) {
      const slots = Math.ceil((this.#fields.length / FIELDS) * 1.25);
      const grown = new Uint32Array(slots * FIELDS);
      grown.set(this.#fields);
      this.#fields = grown;
    }
    const text = encoder.encode(document.text);
    const metadata = document.metadata === undefined ? EMPTY : encoder.encode(JSON.stringify(document.metadata));
    const payload = document.payload === undefined ? EMPTY : encoder.encode(JSON.stringify(document.payload));
    const title = document.title === undefined ? EMPTY : encoder.encode(document.title);
    const body = text.length + metadata.length + payload.length;
    const { page, offset, view } = this.#pages.reserve(body + title.length);
    view.set(text);
    view.set(metadata, text.length);
    view.set(payload, text.length + metadata.length);
    view.set(title, body);
    this.#fields.set([page, offset, text.length, metadata.length, payload.length, title.length], slot * FIELDS);
  }

  #entry(slot: number): Entry {
    return entryOf(this.#fields, slot);
  }

  #record(slot: number): Uint8Array {
    const [page, offset, text, metadata, payload, title] = this.#entry(slot);
    const bytes = text + metadata + payload + title;
    return bytes === 0 ? EMPTY : this.#pages.view(page, offset, bytes);
  }
}

const EMPTY = new Uint8Array(0);

function check(condition: boolean, reason: string): asserts condition {
  if (!condition) throw new StorageCorruptError("The documents of a snapshot", reason);
}
