import type { SearchIndex } from "../../engine/index.ts";
import type { MemoryRecord, Provenance } from "../memory-types.ts";
import { memoryOf } from "./memory-document.ts";

/** Reads memories as they will be once the changes at hand are written. */
export interface MemoryView {
  index: SearchIndex;
  /** By id, over what the index holds. */
  changed: Map<string, MemoryRecord>;
}

export function readMemory({ index, changed }: MemoryView, id: string): MemoryRecord | undefined {
  const record = changed.get(id);
  if (record !== undefined) return record;
  const slot = index.documents.slotOf(id);
  return slot === undefined ? undefined : memoryOf(index.documents.document(slot));
}

/**
 * Puts a memory into the view: as it is when it is new, as one more provenance when the same words are held already.
 * Saying again what was superseded meanwhile is a new memory, `<id>~2`. Answers the record that
 * now stands for it.
 */
export function mergeMemory(view: MemoryView, added: MemoryRecord): MemoryRecord {
  const same = sameMemory(view, added);
  if (same.held !== undefined) return withProvenance(view, same.held, added.provenance);
  const record = { ...added, id: same.id };
  view.changed.set(record.id, record);
  return record;
}

/** The held memory of this id that is valid or was made from the same turns, else the next id that is free. */
function sameMemory(view: MemoryView, added: MemoryRecord): { held?: MemoryRecord; id: string } {
  for (let n = 1; ; n++) {
    const id = n === 1 ? added.id : `${added.id}~${n}`;
    const held = readMemory(view, id);
    if (held === undefined) return { id };
    if (held.validTo === undefined || covers(held.provenance, added.provenance)) return { held, id };
  }
}

/** A memory without provenance was put there by the application: it stays so, for no session's forgetting may take it away. */
function withProvenance(view: MemoryView, held: MemoryRecord, provenance: readonly Provenance[]): MemoryRecord {
  if (held.provenance.length === 0) return held;
  const fresh = provenance.filter((each) => !covers(held.provenance, [each]));
  if (fresh.length === 0) return held;
  const record = { ...held, provenance: [...held.provenance, ...fresh] };
  view.changed.set(record.id, record);
  return record;
}

/** Whether everything in `added` is known: the same session and turns. */
function covers(held: readonly Provenance[], added: readonly Provenance[]): boolean {
  return (
    added.length > 0 &&
    added.every((one) =>
      held.some((other) => other.sessionId === one.sessionId && one.turnIds.every((id) => other.turnIds.includes(id))),
    )
  );
}
