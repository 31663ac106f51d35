import type { IndexCatalog, NamedIndex, Scored } from "../../engine/index.ts";
import { after, type MaybePromise } from "../../maybe-promise.ts";
import { SPARE_HITS } from "../recall-defaults.ts";
import type { RecallQuery } from "../recall-query.ts";
import type { RecallRequest } from "../recall-request.ts";
import type { RecallEntry } from "../recall-types.ts";
import { searchLane } from "./search-lane.ts";

export interface OrgLane {
  request: RecallRequest;
  query: RecallQuery;
  indexes: readonly NamedIndex[];
  catalog: IndexCatalog;
  /** Aborts when the recall is given up. */
  signal: AbortSignal;
  /** Called when the search begins. */
  onSearch: () => void;
}

/** The project's knowledge base: one search over all of its indexes, with one top k. */
export function orgLane({ request, query, indexes, catalog, signal, onSearch }: OrgLane): MaybePromise<RecallEntry[]> {
  const written = indexes.filter(({ stored }) => stored.settings !== undefined);
  const found = searchLane({
    query,
    indexes: written.map(({ name, stored }) => ({
      stored,
      embedder: catalog.embedderOf(name, stored.settings as NonNullable<typeof stored.settings>),
    })),
    wanted: request.topK.org + SPARE_HITS,
    minScore: request.minScore,
    filter: request.filter,
    onSearch,
    signal,
  });
  return after(found, (hits) => hits.map((hit) => documentEntry(hit, written)));
}

function documentEntry({ target, slot, score }: Scored, indexes: readonly NamedIndex[]): RecallEntry {
  const { name, stored } = indexes[target] as NamedIndex;
  const { id, text, title, metadata, payload, chunk } = stored.index.documents.document(slot);
  const entry: RecallEntry = { id, lane: "org", text, score, index: name };
  if (title !== undefined) entry.title = title;
  if (chunk !== undefined) entry.parentId = chunk.parentId;
  if (metadata !== undefined) entry.metadata = metadata;
  if (payload !== undefined) entry.payload = payload;
  return entry;
}
