import type { MemoryRecord, Provenance, UserMemory } from "../user/index.ts";

export interface ForgottenMemories {
  /** Memories that are gone. */
  memories: number;
  /** By session, the turns whose memory is gone with them though they were not forgotten: it has to be made anew. */
  rebuild: Map<string, Set<string>>;
}

/**
 * Takes what came from forgotten provenance out of a user's permanent memory, for good. A memory with no other provenance
 * goes. One whose words come from elsewhere (its first provenance) stays without it. One whose words were said there and
 * repeated elsewhere goes too, and is to be made anew from where it was repeated, in the words used there. What a memory
 * that goes had superseded holds again. `goneTurns`: only these turns of the forgotten provenance are gone themselves, the
 * others of it are to be made anew, too.
 */
export async function forgetFromMemory(
  memory: UserMemory,
  isGone: (provenance: Provenance, memoryId: string) => boolean,
  goneTurns?: ReadonlySet<string>,
): Promise<ForgottenMemories> {
  await memory.permanent.refresh();
  const gone = new Set<string>();
  const kept = new Map<string, MemoryRecord>();
  const rebuild = new Map<string, Set<string>>();
  for (const record of memory.all()) {
    const left = record.provenance.filter((each) => !isGone(each, record.id));
    if (left.length === record.provenance.length) continue;
    if (left.length > 0 && left[0] === record.provenance[0]) {
      kept.set(record.id, { ...record, provenance: left });
      continue;
    }
    gone.add(record.id);
    // Of a memory that was made from several turns, those that stay say something still.
    const others = goneTurns === undefined ? [] : record.provenance.filter((each) => !left.includes(each));
    const remaining = others.map((each) => ({ ...each, turnIds: each.turnIds.filter((id) => !goneTurns?.has(id)) }));
    for (const { sessionId, turnIds } of [...left, ...remaining].filter(({ turnIds: ids }) => ids.length > 0))
      rebuild.set(sessionId, new Set([...(rebuild.get(sessionId) ?? []), ...turnIds]));
  }
  await eraseMemories(memory, gone, kept);
  return { memories: gone.size, rebuild };
}

/** Erases memories and writes others in a new form, with no trace of the old one. */
export async function eraseMemories(
  memory: UserMemory,
  gone: ReadonlySet<string>,
  kept: Map<string, MemoryRecord> = new Map(),
): Promise<void> {
  for (const record of memory.all()) {
    if (record.supersededBy === undefined || !gone.has(record.supersededBy) || gone.has(record.id)) continue;
    const { validTo: _, supersededBy: __, ...valid } = kept.get(record.id) ?? record;
    kept.set(record.id, valid);
  }
  if (gone.size + kept.size === 0) return;
  await memory.permanent.erase([...gone, ...kept.keys()]);
  await memory.replace([...kept.values()]);
}
