import type { Embedder, FilterPlan, SearchTarget, StoredIndex } from "../../engine/index.ts";
import { alphaFor, hasVectorsOf, type Scored, type Shortlist, search, shortlistLarge } from "../../engine/index.ts";
import { after, isPromise, type MaybePromise } from "../../maybe-promise.ts";
import type { RecallQuery, SpokenQuestion } from "../recall-query.ts";

export interface LaneIndex {
  stored: StoredIndex;
  embedder: Embedder;
}

export interface LaneSearch {
  query: RecallQuery;
  indexes: readonly LaneIndex[];
  /** Hits wanted. */
  wanted: number;
  minScore: number | undefined;
  filter?: FilterPlan | undefined;
  /** Share of the dense score. Default: what suits the embedder and the query. */
  alpha?: number | undefined;
  /** Of those who speak, in a conversation; undefined for documents. */
  names?: () => readonly string[];
  neighborWeights?: readonly number[];
  /** Asked when the search begins. */
  exclude?: () => { slots: (slot: number) => boolean; count: number };
  /** Called when the search begins, after everything that had to be waited for. */
  onSearch: () => void;
  /** Ends the scan of a large index. */
  signal?: AbortSignal;
}

/** Where the vectors are another model's. */
const WORDS_ONLY: SpokenQuestion = { vector: null };

/** Searches the indexes of one lane: at once when every model answers at once, and no index is large. */
export function searchLane(lane: LaneSearch): MaybePromise<Scored[]> {
  const { question } = lane.query;
  const { query, names } = lane;
  const vectors = lane.indexes.map(({ stored, embedder }): MaybePromise<SpokenQuestion> => {
    if (!hasVectorsOf(stored, embedder)) return WORDS_ONLY;
    return names === undefined
      ? query.vectorsFor(embedder, stored.index)
      : query.spokenFor(embedder, stored.index, names);
  });
  return after(vectors.some(isPromise) ? Promise.all(vectors) : (vectors as SpokenQuestion[]), (ready) => {
    const ahead = shortlistLarge(targetsOf(lane, ready), { question, topK: lane.wanted, signal: lane.signal });
    return after(ahead, (shortlists) => {
      lane.onSearch();
      const excluded = lane.exclude?.();
      const found = search(targetsOf(lane, ready, shortlists), {
        question,
        topK: lane.wanted + (excluded?.count ?? 0),
        minScore: lane.minScore,
        ...(lane.neighborWeights === undefined ? {} : { neighbourWeights: lane.neighborWeights }),
        ...(excluded === undefined ? {} : { exclude: excluded.slots }),
      });
      return found.length > lane.wanted ? found.slice(0, lane.wanted) : found;
    });
  });
}

function targetsOf(
  { query, indexes, filter, alpha }: LaneSearch,
  vectors: readonly SpokenQuestion[],
  shortlists?: readonly (Shortlist | undefined)[],
): SearchTarget[] {
  return indexes.map(({ stored, embedder }, i): SearchTarget => {
    const target: SearchTarget = {
      ...(vectors[i] as SpokenQuestion),
      index: stored.index,
      calibration: embedder.calibration,
      alpha: alpha ?? alphaFor(embedder, query.question.whole.text),
    };
    if (filter !== undefined) target.filter = filter;
    if (shortlists !== undefined) target.shortlist = shortlists[i];
    return target;
  });
}
