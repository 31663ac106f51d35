import type { SearchIndex } from "../../engine/index.ts";

/** Of one index, so many are kept. */
const MOST_KEPT = 4_096;

/**
 * Remembers what a lane decodes of an index's documents, by slot; each lane has its own, since each decodes something else
 * of the same index. The slots have the same numbers as long as the index has this store of vectors.
 */
export function decodedBySlot<Value>(): (index: SearchIndex, slot: number, decode: (slot: number) => Value) => Value {
  const decoded = new WeakMap<object, Map<number, Value>>();
  return (index, slot, decode) => {
    const known = decoded.get(index.vectors) ?? new Map<number, Value>();
    decoded.set(index.vectors, known);
    if (known.has(slot)) return known.get(slot) as Value;
    const value = decode(slot);
    if (known.size >= MOST_KEPT) known.clear();
    known.set(slot, value);
    return value;
  };
}
