import { checkOptions } from "../../options.ts";
import type { Filter } from "../filter/index.ts";
import { compileFilter, evaluateFilter } from "../filter/index.ts";
import type { IndexChange, StoredIndex } from "../log/index.ts";
import type { IndexCatalog } from "./index-catalog.ts";
import { checkDeletion, deleteDocsShape } from "./index-options.ts";
import type { DeleteDocsOptions, DeleteDocsResult } from "./index-types.ts";

/** Deletes by id (a chunked document by its parent's id, with all its chunks) or by filter. */
export async function deleteFromStored(
  catalog: IndexCatalog,
  stored: StoredIndex,
  what: readonly string[] | { filter: Filter },
  options?: DeleteDocsOptions,
): Promise<DeleteDocsResult> {
  checkDeletion(what);
  checkOptions("deleteDocs", options, deleteDocsShape);
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
