import type { Language, QueryTerm } from "../analysis/index.ts";
import type { Bitmap } from "../bytes/index.ts";
import type { Calibration } from "../embedding/index.ts";
import { evaluateFilter, type FilterPlan } from "../filter/index.ts";
import type { VectorStore } from "../vectors/index.ts";
import type { WeighedWords } from "../words/index.ts";
import type { LateQuery } from "./late-interaction.ts";
import type { SearchIndex } from "./search-index.ts";

/**
 * Candidates that each side hands to fusion: at least so many, and four times what is wanted. Of the ten best by fusion of
 * everything (27,500 real passages) 50 find 99.3 %, 64 find 99.5 %, 100 find 99.75 %.
 */
export const MINIMUM_CANDIDATES = 64;
/** A filter that leaves less than this share of an index is searched by its list of slots. */
const SELECTIVE_SHARE = 0.05;

/** What the scan of an index found for a query: the slots to score. */
export interface Shortlist {
  /** The slots have the same numbers as long as the index has this store. */
  readonly vectors: VectorStore;
  readonly slots: Uint32Array;
  /** The slots from here on came after the scan had begun. */
  readonly slotCount: number;
}

/** An index to search, and what for. */
export interface SearchTarget {
  index: SearchIndex;
  /** Query vector in this index's model; null when there is none. */
  vector: Float32Array | null;
  /** The same of the question's sentences, in their order. Default: none. */
  sentenceVectors?: readonly (Float32Array | null)[];
  calibration: Calibration;
  alpha: number;
  /** The query's token states, where the index is searched with late interaction. */
  late?: LateQuery | undefined;
  filter?: FilterPlan;
  /** From `shortlistLarge`: spares the scan. */
  shortlist?: Shortlist | undefined;
  /** Of the whole collection, where `index` holds no more than the candidates of it. Default: of `index`. */
  statistics?: WeighedWords | undefined;
}

/** The languages of the texts in all targets, the most common of each first. */
export function searchedLanguages(targets: readonly SearchTarget[]): readonly Language[] {
  const languagesOf = ({ index, statistics }: SearchTarget) => (statistics ?? index.words).languages;
  const [first] = targets;
  if (first !== undefined && targets.length === 1) return languagesOf(first);
  return [...new Set(targets.flatMap(languagesOf))];
}

/** The alpha that is used: 0 or 1 when the query has only words or only a vector. */
export function effectiveAlpha(
  { vector, alpha }: Pick<SearchTarget, "vector" | "alpha">,
  terms: readonly QueryTerm[],
): number {
  if (vector === null) return 0;
  return terms.length === 0 ? 1 : alpha;
}

/** How many candidates each side hands to fusion. */
export function candidatesWanted(index: SearchIndex, topK: number): number {
  return Math.min(index.documents.size, Math.max(MINIMUM_CANDIDATES, topK * 4));
}

export interface Participants {
  /** Undefined: all slots. */
  live: Bitmap | undefined;
  /** The same as a list, where a filter leaves few. */
  slots: Uint32Array | undefined;
}

/** Which slots take part in a search; undefined when none does. */
export function participants({ index, filter }: SearchTarget): Participants | undefined {
  if (filter === undefined) return { live: index.gapless ? undefined : index.live, slots: undefined };
  const { slotCount } = index.documents;
  const live = evaluateFilter(filter, index.columns, index.live, slotCount);
  const count = live.count();
  if (count === 0) return undefined;
  return { live, slots: count <= slotCount * SELECTIVE_SHARE ? live.toSlots() : undefined };
}
