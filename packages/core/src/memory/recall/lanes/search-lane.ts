import type { Embedder } from "../../../embedding/embedder.ts";
import type { FilterPlan } from "../../../engine/filter/index.ts";
import { type Scored, type SearchTarget, search } from "../../../engine/search-index/search.ts";
import type { StoredIndex } from "../../../engine/stored-index/stored-index.ts";
import { after, isPromise, type MaybePromise } from "../maybe-promise.ts";
import { DEFAULT_ALPHA } from "../recall-defaults.ts";
import type { RecallQuery } from "../recall-query.ts";

export interface LaneIndex {
  stored: StoredIndex;
  embedder: Embedder;
}

export interface LaneSearch {
  query: RecallQuery;
  indexes: readonly LaneIndex[];
  /** Hits wanted. */
  wanted: number;
  minScore: number;
  filter?: FilterPlan | undefined;
  neighborWeights?: readonly number[];
  /** Asked when the search begins. */
  exclude?: () => { slots: (slot: number) => boolean; count: number };
  /** Called when the search begins, after everything that had to be waited for. */
  onSearch: () => void;
}

/** Searches the indexes of one lane: at once when every model answers at once. */
export function searchLane(lane: LaneSearch): MaybePromise<Scored[]> {
  const vectors = lane.indexes.map(({ stored, embedder }) => lane.query.vectorFor(embedder, stored.index));
  return after(vectors.some(isPromise) ? Promise.all(vectors) : (vectors as (Float32Array | null)[]), (ready) => {
    lane.onSearch();
    const targets = lane.indexes.map(({ stored, embedder }, i): SearchTarget => {
      const target: SearchTarget = {
        index: stored.index,
        vector: ready[i] as Float32Array | null,
        calibration: embedder.calibration,
        alpha: embedder.defaultAlpha ?? DEFAULT_ALPHA,
      };
      if (lane.filter !== undefined) target.filter = lane.filter;
      return target;
    });
    const excluded = lane.exclude?.();
    const found = search(targets, {
      terms: lane.query.terms,
      topK: lane.wanted + (excluded?.count ?? 0),
      minScore: lane.minScore,
      ...(lane.neighborWeights === undefined ? {} : { neighbourWeights: lane.neighborWeights }),
      ...(excluded === undefined ? {} : { exclude: excluded.slots }),
    });
    return found.length > lane.wanted ? found.slice(0, lane.wanted) : found;
  });
}
