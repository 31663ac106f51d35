import type { SearchIndex } from "../../engine/index.ts";
import { search, understand } from "../../engine/index.ts";
import type { MemoryRecord, Provenance } from "../memory-types.ts";
import { isValidAt, memoryOf } from "./memory-document.ts";
import { isNearDuplicate } from "./near-duplicate.ts";

/** Memories that share the most words with a new one, which are looked at for near duplicates. */
const CANDIDATES = 8;

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
 * Puts a memory into the view: as it is when it is new; as one more provenance when the same is held already, or (with
 * `near`) nearly the same. Saying again what was superseded meanwhile is a new memory, `<id>~2`. Answers the record that
 * now stands for it.
 */
export function mergeMemory(
  view: MemoryView,
  added: MemoryRecord,
  options: { near: boolean; now: number },
): MemoryRecord {
  const same = sameMemory(view, added);
  if (same.held !== undefined) return withProvenance(view, same.held, added.provenance);
  const near = options.near ? nearDuplicate(view, added, options.now) : undefined;
  if (near !== undefined) return withProvenance(view, near, added.provenance);
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

function nearDuplicate(view: MemoryView, added: MemoryRecord, now: number): MemoryRecord | undefined {
  const { index, changed } = view;
  const target = { index, vector: null, calibration: { low: 0, high: 1 }, alpha: 0 };
  const found = search([target], { question: understand(added.text), topK: CANDIDATES, minScore: 0 });
  const candidates = new Set(found.map(({ slot }) => index.documents.idAt(slot) as string));
  for (const id of changed.keys()) candidates.add(id);
  for (const id of candidates) {
    const held = readMemory(view, id);
    if (
      held === undefined ||
      held.kind !== added.kind ||
      !isValidAt(held, Math.max(now, added.validFrom, held.validFrom))
    )
      continue;
    if (isNearDuplicate(added.text, held.text)) return held;
  }
  return undefined;
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
