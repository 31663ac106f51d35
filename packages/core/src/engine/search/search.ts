import type { QueryTerm } from "../analysis/index.ts";
import type { ScoredSlots } from "../bytes/index.ts";
import type { VectorSearchOptions } from "../vectors/index.ts";
import { TopSlots } from "../vectors/index.ts";
import { type Bm25Statistics, poolStatistics } from "../words/index.ts";
import { Candidates } from "./candidates.ts";
import { calibrate, fuse } from "./fusion.ts";
import { creditNeighbours } from "./neighbours.ts";
import type { HitExplanation } from "./query-types.ts";
import type { SearchIndex } from "./search-index.ts";
import { candidatesWanted, effectiveAlpha, participants, type SearchTarget } from "./search-target.ts";
import { slotsToScore } from "./shortlist-large.ts";

/** Shared by all searches: one runs to its end before the next one begins. */
const candidates = new Candidates();
const best = new TopSlots();

export interface SearchRequest {
  terms: readonly QueryTerm[];
  topK: number;
  minScore: number;
  explain?: boolean;
  /** Keep only the best of each parent. */
  groupByParent?: boolean;
  /** Credit from the neighbours in the same parent: `[nearest, second]`; for conversations. */
  neighbourWeights?: readonly number[];
  /** Slots that take no part, for the first target only. */
  exclude?: (slot: number) => boolean;
}

export interface Scored {
  /** Which target it came from. */
  target: number;
  slot: number;
  score: number;
  explain?: HitExplanation;
}

/**
 * Hybrid search over one or several indexes, one global top k.
 *
 * score = alpha x dense + (1 - alpha) x sparse, where dense is the calibrated cosine and sparse is BM25 over the most that
 * the query could attain, both in [0, 1] and absolute: no normalisation over the candidates, so that `minScore` can
 * abstain and several indexes compare. BM25's statistics are pooled over the searched indexes. Every candidate of either
 * side gets its exact score on the other. Where the query has no vector the score is the sparse one, and the other way
 * round.
 */
export function search(targets: readonly SearchTarget[], request: SearchRequest): Scored[] {
  const statistics =
    targets.length > 1 && request.terms.length > 0
      ? poolStatistics(
          targets.map((t) => t.index.words),
          request.terms,
        )
      : undefined;
  const found: Scored[] = [];
  for (let target = 0; target < targets.length; target++)
    searchOne(targets[target] as SearchTarget, target, request, statistics, found);
  found.sort((x, y) => y.score - x.score || x.target - y.target || x.slot - y.slot);
  const kept =
    request.groupByParent === true ? bestOfEachParent(found, targets, request.topK) : found.slice(0, request.topK);
  if (request.explain === true)
    for (const hit of kept)
      hit.explain = explainHit(targets[hit.target] as SearchTarget, hit.slot, request, statistics);
  return kept;
}

function searchOne(
  target: SearchTarget,
  number: number,
  request: SearchRequest,
  statistics: Bm25Statistics | undefined,
  found: Scored[],
): void {
  const { index } = target;
  const slotCount = index.documents.slotCount;
  if (index.documents.size === 0 || (target.vector === null && request.terms.length === 0)) return;

  const taking = participants(target);
  if (taking === undefined) return;
  const { live } = taking;
  const slots = taking.slots ?? slotsToScore(target);

  const alpha = effectiveAlpha(target, request.terms);
  const wanted = candidatesWanted(index, request.topK);
  const attainable = alpha < 1 ? index.words.attainable(request.terms, statistics) : 0;
  const fusion = { alpha, attainable, calibration: target.calibration };
  candidates.begin(slotCount);
  if (alpha > 0) addNearest(target.vector as Float32Array, index, { wanted, live, slotCount, slots });
  const words = attainable > 0 ? index.words.open(request.terms, statistics) : undefined;
  try {
    const near = candidates.count;
    if (words !== undefined) addAll(words.best(wanted, live));
    if (alpha > 0) addCosines(target.vector as Float32Array, index, near);
    const score = (from: number) => {
      words?.read(candidates.slots, from, candidates.count, candidates.bm25);
      fuse(candidates, from, fusion);
      if (request.exclude !== undefined) candidates.exclude(from, request.exclude);
    };
    score(0);
    if (request.neighbourWeights !== undefined) {
      const { neighbourWeights: weights, topK } = request;
      creditNeighbours(candidates, { documents: index.documents, weights, topK }, (from) => {
        if (alpha > 0) addCosines(target.vector as Float32Array, index, from);
        score(from);
      });
    }
  } finally {
    words?.close();
  }
  collect(number, request, found);
}

/** The candidates of the dense side, with their cosines. */
function addNearest(vector: Float32Array, index: SearchIndex, options: VectorSearchOptions): void {
  const { count, slots, scores } = index.vectors.search(vector, options);
  for (let i = 0; i < count; i++) candidates.cosines[candidates.add(slots[i] as number)] = scores[i] as number;
}

function addAll({ count, slots }: ScoredSlots): void {
  for (let i = 0; i < count; i++) candidates.add(slots[i] as number);
}

/** The cosines of the candidates from place `from` on, which the dense side did not list. */
function addCosines(vector: Float32Array, index: SearchIndex, from: number): void {
  const { count, slots, cosines } = candidates;
  if (from < count) cosines.set(index.vectors.score(vector, slots.subarray(from, count), count - from), from);
}

/** Moves the candidates that may be hits to `found`: all when they are to be grouped, else the best. */
function collect(target: number, { topK, minScore, groupByParent }: SearchRequest, found: Scored[]): void {
  const { count, slots, scores, excluded } = candidates;
  best.begin(groupByParent === true ? count : Math.min(topK, count));
  for (let place = 0; place < count; place++) {
    const score = scores[place] as number;
    if (score > 0 && score >= minScore && excluded[place] === 0) best.offer(slots[place] as number, score);
  }
  const kept = best.end();
  for (let i = 0; i < kept.count; i++)
    found.push({ target, slot: kept.slots[i] as number, score: kept.scores[i] as number });
}

function explainHit(
  target: SearchTarget,
  slot: number,
  request: SearchRequest,
  statistics: Bm25Statistics | undefined,
): HitExplanation {
  const alpha = effectiveAlpha(target, request.terms);
  const slots = Uint32Array.of(slot);
  const { words } = target.index;
  const cosine =
    target.vector === null ? Number.NaN : (target.index.vectors.score(target.vector, slots, 1)[0] as number);
  const bm25 = request.terms.length === 0 ? 0 : (words.score(request.terms, slots, 1, statistics)[0] as number);
  const attainable = request.terms.length === 0 ? 0 : words.attainable(request.terms, statistics);
  return {
    dense: calibrate(cosine, target.calibration),
    cosine: Number.isNaN(cosine) ? undefined : cosine,
    sparse: attainable > 0 ? Math.min(1, bm25 / attainable) : 0,
    bm25,
    alpha,
    matchedTerms: words.explain(request.terms, slot),
  };
}

function bestOfEachParent(found: readonly Scored[], targets: readonly SearchTarget[], topK: number): Scored[] {
  const seen = new Set<string>();
  const kept: Scored[] = [];
  for (const hit of found) {
    const { documents } = (targets[hit.target] as SearchTarget).index;
    const key = `${hit.target}\u0000${documents.parentAt(hit.slot) ?? documents.idAt(hit.slot)}`;
    if (seen.has(key)) continue;
    seen.add(key);
    kept.push(hit);
    if (kept.length === topK) break;
  }
  return kept;
}
