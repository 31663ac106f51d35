/** Numbers a slot: page, offset, bytes of text, of metadata, of payload, of title. */
export const FIELDS = 6;
/** In snapshots of versions whose documents had no title; the rest is the same. */
const FIELDS_WITHOUT_TITLE = 5;

export type Entry = [page: number, offset: number, text: number, metadata: number, payload: number, title: number];

export function entryOf(fields: Uint32Array, slot: number): Entry {
  const at = slot * FIELDS;
  return [fields[at], fields[at + 1], fields[at + 2], fields[at + 3], fields[at + 4], fields[at + 5]] as Entry;
}

/** The numbers of a snapshot, `FIELDS` a slot; undefined when they are not those of so many slots. */
export function storedNumbers(numbers: Uint32Array, slots: number): Uint32Array | undefined {
  if (numbers.length === slots * FIELDS) return numbers;
  if (numbers.length !== slots * FIELDS_WITHOUT_TITLE) return undefined;
  const widened = new Uint32Array(slots * FIELDS);
  for (let slot = 0; slot < slots; slot++) {
    const from = slot * FIELDS_WITHOUT_TITLE;
    widened.set(numbers.subarray(from, from + FIELDS_WITHOUT_TITLE), slot * FIELDS);
  }
  return widened;
}
