import type { Language, QueryTerm, Question } from "../analysis/index.ts";
import { TopSlots } from "../vectors/index.ts";
import { type Bm25Statistics, poolStatistics } from "../words/index.ts";
import { candidates } from "./candidates.ts";
import { calibrate } from "./fusion.ts";
import { lateScorer } from "./late-interaction.ts";
import { leastScore } from "./least-score.ts";
import { creditNeighbours } from "./neighbours.ts";
import { manyScorer, oneScorer, type Part, partsOf } from "./part-scorers.ts";
import type { HitExplanation } from "./query-types.ts";
import {
  candidatesWanted,
  effectiveAlpha,
  participants,
  type SearchTarget,
  searchedLanguages,
} from "./search-target.ts";
import { slotsToScore } from "./shortlist-large.ts";

/** Shared by all searches: one runs to its end before the next one begins. */
const best = new TopSlots();

export interface SearchRequest {
  question: Question;
  topK: number;
  /** Leaves out lower scores. Undefined: what suits so many documents, see `leastScore`. */
  minScore: number | undefined;
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
  const languages = searchedLanguages(targets);
  const terms = request.question.whole.terms(languages);
  const isPart = targets.some((target) => target.statistics !== undefined);
  const statistics =
    (targets.length > 1 || isPart) && terms.length > 0
      ? poolStatistics(
          targets.map((target) => target.statistics ?? target.index.words),
          terms,
        )
      : undefined;
  const context: Context = { terms, languages, statistics };
  const minScore = request.minScore ?? leastScore(targets);
  const found: Scored[] = [];
  for (let target = 0; target < targets.length; target++)
    searchOne(targets[target] as SearchTarget, target, { ...request, minScore }, context, found);
  found.sort((x, y) => y.score - x.score || x.target - y.target || x.slot - y.slot);
  const kept =
    request.groupByParent === true ? bestOfEachParent(found, targets, request.topK) : found.slice(0, request.topK);
  if (request.explain === true)
    for (const hit of kept) hit.explain = explainHit(targets[hit.target] as SearchTarget, hit.slot, context);
  return kept;
}

/** What is the same for all targets of a search. */
interface Context {
  /** Of the whole question. */
  terms: readonly QueryTerm[];
  languages: readonly Language[];
  /** Pooled over the targets; undefined: the target's own. */
  statistics: Bm25Statistics | undefined;
}

function searchOne(
  target: SearchTarget,
  number: number,
  request: SearchRequest & { minScore: number },
  { languages, statistics }: Context,
  found: Scored[],
): void {
  const { index } = target;
  const parts = partsOf(target, request.question, languages, statistics);
  if (index.documents.size === 0 || parts.length === 0) return;
  const taking = participants(target);
  if (taking === undefined) return;

  candidates.begin(index.documents.slotCount);
  const scan = {
    wanted: candidatesWanted(index, request.topK),
    ...taking,
    slots: taking.slots ?? slotsToScore(target),
  };
  const scorer =
    parts.length === 1
      ? oneScorer(index, parts[0] as Part, scan, statistics)
      : manyScorer(index, parts, scan, statistics);
  try {
    const late = lateScorer(index, target.late, scan);
    const score = (from: number) => {
      scorer.score(from);
      late?.mix(from);
      if (request.exclude !== undefined) candidates.exclude(from, request.exclude);
    };
    score(0);
    if (request.neighbourWeights !== undefined) {
      const { neighbourWeights: weights, topK } = request;
      creditNeighbours(candidates, { documents: index.documents, weights, topK }, score);
    }
  } finally {
    scorer.close();
  }
  collect(number, request, found);
}

/** Moves the candidates that may be hits to `found`: all when they are to be grouped, else the best. */
function collect(
  target: number,
  { topK, minScore, groupByParent }: SearchRequest & { minScore: number },
  found: Scored[],
): void {
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

function explainHit(target: SearchTarget, slot: number, { terms, statistics }: Context): HitExplanation {
  const alpha = effectiveAlpha(target, terms);
  const slots = Uint32Array.of(slot);
  const { words } = target.index;
  const cosine =
    target.vector === null ? Number.NaN : (target.index.vectors.score(target.vector, slots, 1)[0] as number);
  const bm25 = terms.length === 0 ? 0 : (words.score(terms, slots, 1, statistics)[0] as number);
  const attainable = terms.length === 0 ? 0 : words.attainable(terms, statistics).all;
  return {
    dense: calibrate(cosine, target.calibration),
    cosine: Number.isNaN(cosine) ? undefined : cosine,
    sparse: attainable > 0 ? Math.min(1, bm25 / attainable) : 0,
    bm25,
    alpha,
    matchedTerms: words.explain(terms, slot),
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
