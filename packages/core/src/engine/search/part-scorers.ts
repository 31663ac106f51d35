import type { Language, QueryTerm, Question } from "../analysis/index.ts";
import type { Bitmap, ScoredSlots } from "../bytes/index.ts";
import type { Bm25Statistics } from "../words/index.ts";
import { candidates } from "./candidates.ts";
import { type FusionOptions, fuse } from "./fusion.ts";
import type { SearchIndex } from "./search-index.ts";
import { effectiveAlpha, type SearchTarget } from "./search-target.ts";

/** What a sentence that asks nothing counts beside one that asks, in a question of several. */
const STATEMENT_SHARE = 0.85;
/** Share of the whole's score beside that of the best sentence. */
const WHOLE_SHARE = 0.3;

/** The whole of a question or one of its sentences, as it is searched for in one index. */
export interface Part {
  readonly terms: readonly QueryTerm[];
  readonly vector: Float32Array | null;
  readonly fusion: FusionOptions;
  /** What its score counts, in [0, 1]. */
  readonly share: number;
}

export interface Scan {
  /** Candidates of each side. */
  wanted: number;
  live: Bitmap | undefined;
  /** The slots to score in place of a scan. */
  slots: Uint32Array | undefined;
}

/** Scores the candidates. */
export interface PartScorer {
  /** Those from place `from` on. */
  score(from: number): void;
  /** To be called before the next search. */
  close(): void;
}

/** The whole of the question first, then its sentences. None where there is nothing to search for. */
export function partsOf(
  target: SearchTarget,
  question: Question,
  languages: readonly Language[],
  statistics: Bm25Statistics | undefined,
): Part[] {
  const { index, calibration } = target;
  const part = (asked: readonly QueryTerm[], vector: Float32Array | null, share: number): Part => {
    const terms = index.words.withSimilar(asked, statistics);
    const alpha = effectiveAlpha({ alpha: target.alpha, vector }, terms);
    const attainable = alpha < 1 ? index.words.attainable(terms, statistics) : { all: 0, unknown: 0, unsure: 1 };
    return { terms, vector, share, fusion: { alpha, attainable, calibration } };
  };
  const { whole, sentences } = question;
  const wholeTerms = whole.terms(languages);
  if (target.vector === null && wholeTerms.length === 0) return [];
  const asks = sentences.some((sentence) => sentence.asks);
  const parts = [part(wholeTerms, target.vector, 1)];
  for (const [n, sentence] of sentences.entries()) {
    const vector = target.sentenceVectors?.[n] ?? null;
    const terms = sentence.terms(languages);
    if (vector === null && terms.length === 0) continue;
    parts.push(part(terms, vector, asks && !sentence.asks ? STATEMENT_SHARE : 1));
  }
  return parts;
}

/** Adds the candidates of one part, and scores by it: its BM25 sums stay open, and its cosines are not worked out twice. */
export function oneScorer(
  index: SearchIndex,
  part: Part,
  scan: Scan,
  statistics: Bm25Statistics | undefined,
): PartScorer {
  const { vector, fusion, terms } = part;
  const isDense = vector !== null && fusion.alpha > 0;
  if (isDense) addNearest(index, vector, scan);
  const near = candidates.count;
  const words = fusion.attainable.all > 0 ? index.words.open(terms, statistics) : undefined;
  if (words !== undefined) addAll(words.best(scan.wanted, scan.live));
  let withCosine = near;
  return {
    score(from) {
      if (isDense) addCosines(index, vector, Math.max(from, withCosine));
      withCosine = candidates.count;
      words?.read(candidates.slots, from, candidates.count, candidates.bm25);
      fuse(candidates, from, fusion);
    },
    close: () => words?.close(),
  };
}

/** The same for several parts: a document's score is that of the sentence that it answers best, with a share of the whole's. */
export function manyScorer(
  index: SearchIndex,
  parts: readonly Part[],
  scan: Scan,
  statistics: Bm25Statistics | undefined,
): PartScorer {
  for (const part of parts) oneScorer(index, part, scan, statistics).close();
  return {
    score(from) {
      const { count, scores, wholes, sentences } = candidates;
      sentences.fill(0, from, count);
      for (const [n, part] of parts.entries()) {
        scoreBy(index, part, from, statistics);
        for (let i = from; i < count; i++) {
          const score = (scores[i] as number) * part.share;
          if (n === 0) wholes[i] = score;
          else if (score > (sentences[i] as number)) sentences[i] = score;
        }
      }
      for (let i = from; i < count; i++) {
        const whole = wholes[i] as number;
        const mixed = WHOLE_SHARE * whole + (1 - WHOLE_SHARE) * (sentences[i] as number);
        scores[i] = Math.max(whole, mixed);
      }
    },
    close: () => undefined,
  };
}

/** Scores the candidates from place `from` on by one part alone. */
function scoreBy(
  index: SearchIndex,
  { terms, vector, fusion }: Part,
  from: number,
  statistics: Bm25Statistics | undefined,
): void {
  const { count, slots, cosines, bm25 } = candidates;
  if (from === count) return;
  const some = slots.subarray(from, count);
  if (vector !== null && fusion.alpha > 0) cosines.set(index.vectors.score(vector, some, count - from), from);
  else cosines.fill(Number.NaN, from, count);
  if (fusion.attainable.all > 0) bm25.set(index.words.score(terms, some, count - from, statistics), from);
  else bm25.fill(0, from, count);
  fuse(candidates, from, fusion);
}

/** The candidates of the dense side, with their cosines. */
function addNearest(index: SearchIndex, vector: Float32Array, { wanted, live, slots }: Scan): void {
  const options = { wanted, live, slotCount: index.documents.slotCount, slots };
  const found = index.vectors.search(vector, options);
  for (let i = 0; i < found.count; i++)
    candidates.cosines[candidates.add(found.slots[i] as number)] = found.scores[i] as number;
}

function addAll({ count, slots }: ScoredSlots): void {
  for (let i = 0; i < count; i++) candidates.add(slots[i] as number);
}

/** The cosines of the candidates from place `from` on, which the dense side did not list. */
function addCosines(index: SearchIndex, vector: Float32Array, from: number): void {
  const { count, slots, cosines } = candidates;
  if (from < count) cosines.set(index.vectors.score(vector, slots.subarray(from, count), count - from), from);
}
