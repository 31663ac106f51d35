import { checkOptions } from "../../options.ts";
import type { Filter } from "../filter/index.ts";
import { compileFilter, evaluateFilter } from "../filter/index.ts";
import type { IndexChange, StoredIndex } from "../log/index.ts";
import type { IndexCatalog } from "./index-catalog.ts";
import { checkDeletion, deleteDocsShape } from "./index-options.ts";
import type { DeleteDocsOptions, DeleteDocsResult } from "./index-types.ts";
import { type SearchableIndex, searchableOf } from "./searchable-collection.ts";

/** Deletes by id (a chunked document by its parent's id, with all its chunks) or by filter. */
export async function deleteFromStored(
  catalog: IndexCatalog,
  stored: StoredIndex,
  what: readonly string[] | { filter: Filter },
  options?: DeleteDocsOptions,
): Promise<DeleteDocsResult> {
  checkDeletion(what);
  checkOptions("deleteDocs", options, deleteDocsShape);
  const searchable = searchableOf(catalog, stored);
  if (searchable !== undefined) return deleteElsewhere(catalog, searchable, what);
  const ids = Array.isArray(what)
    ? (what as readonly string[])
    : idsMatching(catalog, stored, (what as { filter: Filter }).filter);
  const { documents } = stored.index;
  const targets = new Set<string>();
  for (const id of ids) {
    if (documents.slotOf(id) !== undefined) targets.add(id);
    for (const chunkId of documents.chunkIdsOf(id)) targets.add(chunkId);
  }
  let result = { deleted: 0, version: stored.version };
  if (targets.size > 0) {
    const { deleted, version } = await stored.append(
      Array.from(targets, (id): IndexChange => ({ type: "delete", id })),
    );
    result = { deleted, version };
  }
  if (options?.erase === true) await stored.erase([...new Set([...ids, ...targets])]);
  return result;
}

function idsMatching(catalog: IndexCatalog, stored: StoredIndex, filter: Filter): string[] {
  const { index } = stored;
  const slots = evaluateFilter(
    compileFilter(filter, catalog.options.limits),
    index.columns,
    index.live,
    index.documents.slotCount,
  ).toSlots();
  return Array.from(slots, (slot) => index.documents.idAt(slot) as string);
}

/** Ids that are looked up at once. */
const PAGE = 1_000;

async function deleteElsewhere(
  catalog: IndexCatalog,
  { key, store }: SearchableIndex,
  what: readonly string[] | { filter: Filter },
): Promise<DeleteDocsResult> {
  if (Array.isArray(what)) return store.delete(key, what as readonly string[]);
  const filter = compileFilter((what as { filter: Filter }).filter, catalog.options.limits);
  for (let deleted = 0; ; ) {
    const found = await store.list(key, { filter, limit: PAGE, offset: 0 });
    const result = await store.delete(
      key,
      found.map(({ document }) => document.id),
    );
    deleted += result.deleted;
    if (found.length < PAGE || result.deleted === 0) return { deleted, version: result.version };
  }
}
