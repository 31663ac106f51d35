import { DocumentExistsError, InvalidArgumentError } from "../../errors/index.ts";
import { nextTurn } from "../../steps.ts";
import type { SearchablePut } from "../../storage/index.ts";
import type { IndexChange, IndexSettings } from "../log/index.ts";
import { textTerms } from "../words/index.ts";
import type { CutDocument } from "./cut-documents.ts";
import type { IndexCatalog } from "./index-catalog.ts";
import type { AddDocsOptions, AddDocsResult } from "./index-types.ts";
import type { SearchableIndex } from "./searchable-collection.ts";
import type { WriteStep } from "./write-plan.ts";

/** Texts are analysed in slices of so many, between which the event loop runs on. */
const SLICE = 100;

/** Ids that an error names, at most. */
const NAMED_IDS = 10;

export interface PutTarget {
  searchable: SearchableIndex;
  name: string;
  settings: IndexSettings;
}

/** Throws when the store cannot hold and search documents itself. */
export function assertCanSearch({ options: { storage } }: IndexCatalog): void {
  if (storage.searchable !== undefined) return;
  throw new InvalidArgumentError("searchable", `the store ${storage.name} does not search documents itself`);
}

/** Throws `document.exists` when one of the documents, or of their passages, is there. */
export async function assertNewElsewhere(
  { searchable: { key, store }, name }: PutTarget,
  documents: readonly CutDocument[],
): Promise<void> {
  const ids = documents.flatMap(({ id, chunks }) => [id, ...chunks.map(({ document }) => document.id)]);
  const taken = await store.list(key, { ids: [...new Set(ids)], limit: NAMED_IDS, offset: 0 });
  if (taken.length > 0)
    throw new DocumentExistsError(
      name,
      taken.map(({ document }) => document.id),
    );
}

/** One batch of a call, all or nothing; the first one of a replacement empties the index. */
export async function putStep(
  catalog: IndexCatalog,
  { searchable: { key, store }, name, settings }: PutTarget,
  step: WriteStep,
  { puts, reset }: { puts: readonly IndexChange[]; reset: boolean },
  options: AddDocsOptions,
  result: AddDocsResult,
): Promise<void> {
  const ready: SearchablePut[] = [];
  for (const put of puts) {
    if (put.type !== "put") continue;
    if (ready.length > 0 && ready.length % SLICE === 0) await nextTurn();
    const { document, vector } = put;
    ready.push({ document, vector, ...textTerms(document.text, document.title) });
  }
  let next = 0;
  const documents = step.documents.map(({ id, chunks }) => {
    const own = ready.slice(next, next + chunks.length);
    next += chunks.length;
    return { id, chunks: own };
  });
  const { idempotencyKey } = options;
  const written = await store.write(key, {
    documents,
    dimensions: settings.dimensions,
    reset,
    mustBeNew: options.upsert === false,
    ...(idempotencyKey === undefined
      ? {}
      : { idempotencyKey: step.start === 0 ? idempotencyKey : `${idempotencyKey}/${step.start}` }),
    at: catalog.options.clock.now(),
  });
  if (written.taken.length > 0) throw new DocumentExistsError(name, written.taken);
  result.version = written.version;
  result.added += written.added;
  result.updated += written.updated;
}
