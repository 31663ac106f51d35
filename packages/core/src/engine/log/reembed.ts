import { hasCode } from "../../errors/index.ts";
import { nextTurn } from "../../steps.ts";
import { embeddedText, type StoredDocument } from "../documents/index.ts";
import type { Embedder } from "../embedding/index.ts";
import { embedSpoken, type SpokenText } from "../embedding/index.ts";
import type { IndexChange } from "./record-codec.ts";
import type { StoredIndex } from "./stored-index.ts";

/** Documents that are embedded and written at once. */
const BATCH = 64;

/** Whether the vectors of an index are those of this embedder, all of them: only then may they be compared with its own. */
export function hasVectorsOf(stored: StoredIndex, embedder: Embedder): boolean {
  const { settings } = stored;
  return settings === undefined || (settings.embedderId === embedder.id && settings.reembedding !== true);
}

/**
 * Turns an index that another embedder built over to this one: its texts stay, and are found by their words, its vectors
 * go, in one batch. What is written from then on has vectors of this embedder. Does nothing where they are its own.
 */
export async function adoptEmbedder(stored: StoredIndex, embedder: Embedder): Promise<void> {
  for (;;) {
    const { settings } = stored;
    if (settings === undefined || (settings.embedderId === embedder.id && settings.dimensions === embedder.dimensions))
      return;
    const { documents, live } = stored.index;
    const changes: IndexChange[] = [
      {
        type: "settings",
        settings: { ...settings, embedderId: embedder.id, dimensions: embedder.dimensions, reembedding: true },
        reset: true,
      },
    ];
    for (const slot of live.toSlots())
      changes.push({ type: "put", document: documents.document(slot), vector: undefined });
    try {
      await stored.append(changes, { expectedVersion: stored.version });
      return;
    } catch (error) {
      if (!hasCode(error, "storage.version_conflict")) throw error;
      await stored.refresh();
    }
  }
}

/**
 * Gives the documents of an index that `adoptEmbedder` turned over their vectors, 64 at a time: goes on where it was cut
 * off, and leaves be what was changed meanwhile. `onProgress` hears how many of how many have theirs.
 */
export async function embedAnew(
  stored: StoredIndex,
  embedder: Embedder,
  options: {
    /** How a document is embedded, where it is what somebody said. */
    spokenOf?: ((document: StoredDocument) => SpokenText) | undefined;
    onProgress?: ((done: number, total: number) => void) | undefined;
  } = {},
): Promise<void> {
  const { spokenOf = written, onProgress } = options;
  if (stored.settings?.reembedding !== true || stored.settings.embedderId !== embedder.id) return;
  const ids = [...stored.index.documents.ids()].filter((id) => stored.index.vectorOf(id) === undefined);
  const total = stored.index.documents.size;
  for (let start = 0; start < ids.length; start += BATCH) {
    const batch = ids.slice(start, start + BATCH).flatMap((id) => {
      const slot = stored.index.documents.slotOf(id);
      return slot === undefined ? [] : [stored.index.documents.document(slot)];
    });
    const vectors = await embedSpoken(embedder, batch.map(spokenOf));
    // What is no conversation is not searched by token states, and does not keep them.
    if (options.spokenOf === undefined) for (const vector of vectors) delete vector?.tokens;
    await stored.refresh();
    if (stored.settings?.embedderId !== embedder.id) return;
    const puts = batch.flatMap((document, n): IndexChange[] => {
      const vector = vectors[n];
      const slot = stored.index.documents.slotOf(document.id);
      const isSame = slot !== undefined && stored.index.documents.text(slot) === document.text;
      return vector && isSame && slot !== undefined
        ? [{ type: "put", document: stored.index.documents.document(slot), vector }]
        : [];
    });
    if (puts.length > 0) await append(stored, puts);
    onProgress?.(total - ids.length + Math.min(start + BATCH, ids.length), total);
    await nextTurn();
  }
  const { settings } = stored;
  if (settings?.reembedding !== true || settings.embedderId !== embedder.id) return;
  const { reembedding: _, ...done } = settings;
  await append(stored, [{ type: "settings", settings: done, reset: false }]);
}

/** A document as it is embedded when it is added. */
function written(document: StoredDocument): SpokenText {
  const text = embeddedText(document);
  return { text, withoutNames: text };
}

/** What others wrote or erased between reading and writing is left as it is now. */
async function append(stored: StoredIndex, changes: readonly IndexChange[]): Promise<void> {
  let current = changes;
  while (current.length > 0) {
    try {
      await stored.append(current, { expectedVersion: stored.version });
      return;
    } catch (error) {
      if (!hasCode(error, "storage.version_conflict")) throw error;
      await stored.refresh();
      current = current.filter((change) => change.type !== "put" || isUnchanged(stored, change));
    }
  }
}

function isUnchanged(stored: StoredIndex, { document }: Extract<IndexChange, { type: "put" }>): boolean {
  const slot = stored.index.documents.slotOf(document.id);
  return slot !== undefined && stored.index.documents.text(slot) === document.text;
}
