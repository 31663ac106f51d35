import type { Embedder, IndexChange, SearchIndex, StoredDocument, StoredIndex } from "../engine/index.ts";
import { embeddedText, embedTexts, quantizeVector } from "../engine/index.ts";
import type { HeadCondition } from "../storage/index.ts";

/** Documents to a batch, so that neither the log nor the event loop is held for long. */
const BATCH = 500;

export interface CopyDocumentsOptions {
  from: { index: SearchIndex; embedderId: string };
  to: StoredIndex;
  /** The embedder of `to`. Where `from` was built by another, texts are embedded anew. */
  embedder: Embedder;
  /** Which documents to copy. */
  wants(document: StoredDocument): boolean;
  /** See `AppendOptions.onlyIf`. */
  onlyIf?: readonly HeadCondition[];
  /** A change that goes into the batch of these documents. */
  alongside?: (ids: readonly string[]) => IndexChange[];
}

/** Copies documents with their vectors. Answers the ids, chunks one by one. */
export async function copyDocuments(options: CopyDocumentsOptions): Promise<string[]> {
  const { from, to, embedder, wants, onlyIf, alongside } = options;
  const { documents, live } = from.index;
  const wanted = Array.from(live.toSlots(), (slot) => documents.document(slot)).filter(wants);
  const sameModel = from.embedderId === embedder.id;
  for (let start = 0; start < wanted.length; start += BATCH) {
    const batch = wanted.slice(start, start + BATCH);
    const vectors = sameModel ? undefined : await embedTexts(embedder, batch.map(embeddedText));
    const puts = batch.map((document, n): IndexChange => {
      const vector = vectors?.[n];
      return {
        type: "put",
        document,
        vector: sameModel ? from.index.vectorOf(document.id) : vector ? quantizeVector(vector) : undefined,
      };
    });
    await to.append(
      [...puts, ...(alongside?.(batch.map(({ id }) => id)) ?? [])],
      onlyIf === undefined ? {} : { onlyIf },
    );
  }
  return wanted.map(({ id }) => id);
}

/** How many documents these are, chunks of one counted once. */
export function countDocuments(index: SearchIndex, ids: readonly string[]): number {
  return new Set(ids.map((id) => index.documents.parentAt(index.documents.slotOf(id) as number) ?? id)).size;
}
