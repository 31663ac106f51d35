import { IndexNotFoundError, LimitExceededError, QueryInvalidError } from "../../errors/index.ts";
import { checkOptions } from "../../options.ts";
import type { StoredDocument } from "../documents/index.ts";
import { compileFilter, evaluateFilter } from "../filter/index.ts";
import type { StoredIndex } from "../log/index.ts";
import type { Reranker } from "../search/index.ts";
import { deleteFromStored } from "./delete-documents.ts";
import type { IndexCatalog } from "./index-catalog.ts";
import { getDocsShape, loadIndexShape } from "./index-options.ts";
import type { GetDocsOptions } from "./index-types.ts";
import type { Indexes } from "./indexes.ts";
import { type NamedIndex, queryIndexes } from "./query-indexes.ts";
import { searchableOf } from "./searchable-collection.ts";
import { addDocs, createIndex } from "./write-documents.ts";

const DEFAULT_PAGE = 100;

/** The methods of `Indexes` over a catalog. */
export function indexMethods(catalog: IndexCatalog, reranker: Reranker | undefined): Indexes {
  return {
    createIndex: (name, documents, options) => createIndex(catalog, name, documents, options),
    addDocs: (name, documents, options) => addDocs(catalog, name, documents, options),
    deleteDocs: async (name, what, options) => deleteFromStored(catalog, await catalog.load(name), what, options),
    getDocs: async (name, options) => getDocs(catalog, await catalog.load(name), options),
    getIndex: (name) => catalog.info(name),
    listIndexes: () => catalog.list(),
    deleteIndex: (name) => catalog.delete(name),
    async loadIndex(name, options) {
      checkOptions("loadIndex", options, loadIndexShape);
      const stored = await catalog.load(name, options);
      return catalog.loadedInfo(name, stored);
    },
    unloadIndex: (name) => catalog.unload(name),
    async refreshIndex(name) {
      await (await catalog.load(name)).refresh();
      return catalog.info(name);
    },
    async query(indexes, text, options) {
      return queryIndexes(catalog, await resolveIndexes(catalog, indexes), text, options, reranker);
    },
  };
}

async function getDocs(
  catalog: IndexCatalog,
  stored: StoredIndex,
  options: GetDocsOptions = {},
): Promise<StoredDocument[]> {
  const searchable = searchableOf(catalog, stored);
  if (searchable === undefined) return getFromStored(catalog, stored, options);
  checkOptions("getDocs", options, getDocsShape);
  const { ids, limit = DEFAULT_PAGE, offset = 0 } = options;
  const filter = options.filter === undefined ? undefined : compileFilter(options.filter, catalog.options.limits);
  const found = await searchable.store.list(searchable.key, {
    ...(ids === undefined ? {} : { ids }),
    filter,
    limit,
    offset,
  });
  return found.map(({ document }) => document as StoredDocument);
}

/** Documents by id, by filter or all, in the order of adding; chunks one by one (a parent's id gives all of its chunks). */
export function getFromStored(
  catalog: IndexCatalog,
  stored: StoredIndex,
  options: GetDocsOptions = {},
): StoredDocument[] {
  checkOptions("getDocs", options, getDocsShape);
  const { documents, columns, live } = stored.index;
  const { limit = DEFAULT_PAGE, offset = 0 } = options;
  let slots: number[] | Uint32Array;
  if (options.ids !== undefined) {
    slots = options.ids.flatMap((id) => [id, ...documents.chunkIdsOf(id)]).flatMap((id) => documents.slotOf(id) ?? []);
  } else {
    slots = live.toSlots();
  }
  if (options.filter !== undefined) {
    const matching = evaluateFilter(
      compileFilter(options.filter, catalog.options.limits),
      columns,
      live,
      documents.slotCount,
    );
    slots = slots.filter((slot: number) => matching.has(slot)) as typeof slots;
  }
  return Array.from(slots.slice(offset, offset + limit), (slot) => documents.document(slot));
}

async function resolveIndexes(catalog: IndexCatalog, names: string | readonly string[]): Promise<NamedIndex[]> {
  const list = typeof names === "string" ? [names] : [...new Set(names)];
  const { indexesPerQuery } = catalog.options.limits;
  if (list.length === 0) throw new QueryInvalidError("no index is named");
  if (list.length > indexesPerQuery)
    throw new LimitExceededError("indexesPerQuery", indexesPerQuery, list.length, "Indexes in one query");
  const resolved: NamedIndex[] = [];
  for (const name of list) {
    const stored = catalog.loaded(name) ?? (await catalog.load(name));
    if (stored.closed) throw new IndexNotFoundError(name);
    resolved.push({ name, stored });
  }
  return resolved;
}
