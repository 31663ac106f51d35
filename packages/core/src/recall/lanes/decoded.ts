import type { SearchIndex } from "../../engine/index.ts";

/** What was decoded of an index's documents, by slot. The slots have the same numbers as long as the index has this store. */
const decoded = new WeakMap<object, Map<number, unknown>>();
/** Of one index, so many are kept. */
const MOST_KEPT = 4_096;

/** `decode(slot)`, once for each slot: a document that is changed has another one. */
export function decodedAt<T>(index: SearchIndex, slot: number, decode: (slot: number) => T): T {
  let known = decoded.get(index.vectors);
  if (known === undefined) {
    known = new Map();
    decoded.set(index.vectors, known);
  }
  if (known.has(slot)) return known.get(slot) as T;
  const value = decode(slot);
  if (known.size >= MOST_KEPT) known.clear();
  known.set(slot, value);
  return value;
}
