import type { IndexChange, IndexSettings, StoredIndex } from "../log/index.ts";
import type { CutDocument } from "./cut-documents.ts";

/** Chunks to a batch of the log, more or less: a document is in one batch. A call of up to so many is all or nothing. */
const CHUNKS_PER_BATCH = 10_000;

/** One batch of a call. */
export interface WriteStep {
  documents: readonly CutDocument[];
  /** How many chunks come before it in the call. */
  start: number;
  chunkCount: number;
  /** Changes that go before its documents. */
  before: readonly IndexChange[];
  /** Its documents take the place of all that the index holds: what is not among `all` goes with this batch. */
  replaces?: { settings: IndexSettings; all: ReadonlySet<string> };
}

export interface Replacement {
  settings: IndexSettings;
  /** The settings that the index has now. */
  current: IndexSettings;
}

/**
 * The batches in which a call is written. Whoever searches meanwhile, or after a failure in the middle, finds each document
 * in one version: a document is never divided between batches, and what its new version makes stale goes in the same batch.
 * A whole index is replaced in one batch where that is small enough, or where the old vectors are of another model; else
 * document by document, and what the new one does not have goes with the last batch.
 */
export function planWrite(documents: readonly CutDocument[], replacement: Replacement | undefined): WriteStep[] {
  const chunkCount = documents.reduce((sum, { chunks }) => sum + chunks.length, 0);
  if (replacement === undefined) return steps(documents);
  const { settings, current } = replacement;
  const isSameModel = settings.embedderId === current.embedderId && settings.dimensions === current.dimensions;
  if (chunkCount <= CHUNKS_PER_BATCH || !isSameModel) {
    const before: IndexChange[] = [{ type: "settings", settings, reset: true }];
    return [{ documents, start: 0, chunkCount, before }];
  }
  const planned = steps(documents);
  const last = planned.at(-1);
  if (last !== undefined) last.replaces = { settings, all: idsOf(documents) };
  return planned;
}

function steps(documents: readonly CutDocument[]): WriteStep[] {
  const planned: WriteStep[] = [];
  let begun: CutDocument[] = [];
  let start = 0;
  let chunkCount = 0;
  const end = (): void => {
    if (begun.length > 0) planned.push({ documents: begun, start, chunkCount, before: [] });
    begun = [];
    start += chunkCount;
    chunkCount = 0;
  };
  for (const document of documents) {
    if (chunkCount > 0 && chunkCount + document.chunks.length > CHUNKS_PER_BATCH) end();
    begun.push(document);
    chunkCount += document.chunks.length;
  }
  end();
  return planned;
}

/** Ids of chunks. */
function idsOf(documents: readonly CutDocument[]): Set<string> {
  return new Set(documents.flatMap(({ chunks }) => chunks.map(({ document }) => document.id)));
}

/** What the index holds that this step makes stale: passages of a longer or uncut version of its documents. */
export function staleIds({ index }: StoredIndex, { documents, before, replaces }: WriteStep): string[] {
  const { documents: table, live } = index;
  if (table.size === 0 || before.length > 0) return [];
  if (replaces !== undefined) {
    const held = Array.from(live.toSlots(), (slot) => table.idAt(slot));
    return held.flatMap((id) => (id === undefined || replaces.all.has(id) ? [] : [id]));
  }
  const written = idsOf(documents);
  const stale: string[] = [];
  for (const { id } of documents) {
    for (const chunkId of table.chunkIdsOf(id)) if (!written.has(chunkId)) stale.push(chunkId);
    if (table.slotOf(id) !== undefined && !written.has(id)) stale.push(id);
  }
  return stale;
}

/** Ids of these documents, or of their passages, that the index holds already. */
export function takenIds({ index }: StoredIndex, documents: readonly CutDocument[]): string[] {
  const { documents: table } = index;
  const taken = new Set<string>();
  for (const { id, chunks } of documents) {
    if (table.slotOf(id) !== undefined || table.hasParent(id)) taken.add(id);
    for (const { document } of chunks) if (table.slotOf(document.id) !== undefined) taken.add(document.id);
  }
  return [...taken];
}

/** How many of a step's documents the index has in no version yet, and how many it has. */
export function countNew({ index }: StoredIndex, { documents, before }: WriteStep): { added: number; updated: number } {
  const { documents: table } = index;
  let updated = 0;
  if (before.length === 0)
    for (const { id } of documents) if (table.slotOf(id) !== undefined || table.hasParent(id)) updated++;
  return { added: documents.length - updated, updated };
}
