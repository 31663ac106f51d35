import { type Hit, type IndexCatalog, type NamedIndex, type Scored, searchElsewhere } from "../../engine/index.ts";
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
  const elsewhere = written.filter(({ stored }) => stored.settings?.searchable === true);
  const here = written.filter((index) => !elsewhere.includes(index));
  const wanted = request.topK.org + SPARE_HITS;
  const { minScore, filter } = request;
  const found = searchLane({
    query,
    indexes: here.map(({ name, stored }) => ({
      stored,
      embedder: catalog.embedderOf(name, stored.settings as NonNullable<typeof stored.settings>),
    })),
    wanted,
    alpha: request.alpha,
    minScore,
    filter,
    onSearch,
    signal,
  });
  const entries = after(found, (hits) => hits.map((hit) => documentEntry(hitOf(hit, here))));
  if (elsewhere.length === 0) return entries;
  const others = searchElsewhere(catalog, elsewhere, {
    question: query.question,
    vectorsFor: (embedder, index) => query.vectorsFor(embedder, index),
    wanted,
    minScore,
    filter,
  });
  return Promise.all([entries, others]).then(([own, hits]) =>
    [...own, ...hits.map(documentEntry)].sort((x, y) => y.score - x.score).slice(0, wanted),
  );
}

function hitOf({ target, slot, score }: Scored, indexes: readonly NamedIndex[]): Hit {
  const { name, stored } = indexes[target] as NamedIndex;
  return { ...stored.index.documents.document(slot), score, index: name };
}

function documentEntry({ id, text, title, metadata, payload, chunk, score, index }: Hit): RecallEntry {
  const entry: RecallEntry = { id, lane: "org", text, score, index };
  if (title !== undefined) entry.title = title;
  if (chunk !== undefined) entry.parentId = chunk.parentId;
  if (metadata !== undefined) entry.metadata = metadata;
  if (payload !== undefined) entry.payload = payload;
  return entry;
}
