import type { Calibration } from "../embedding/index.ts";
import type { Attainable } from "../words/index.ts";
import type { Candidates } from "./candidates.ts";

/** Of a word that no document holds, so much at most goes uncounted where there is no dense side: one word in five matched is no answer. */
const NEVER_UNSURE_OF_ALL = 0.5;

export interface FusionOptions {
  /** Share of the dense score, in [0, 1]. */
  alpha: number;
  /** The most that the query could attain by BM25. */
  attainable: Attainable;
  calibration: Calibration;
}

/** What one point of dense, and one of BM25, is worth in the score. */
export interface FusionWeights {
  readonly dense: number;
  readonly bm25: number;
}

/** A model's cosine on the scale [0, 1]; a missing vector (NaN) is 0. */
export function calibrate(cosine: number, { low, high }: Calibration): number {
  if (!(cosine > low)) return 0;
  return cosine >= high ? 1 : (cosine - low) / (high - low);
}

/**
 * alpha for dense, and 1 - alpha over the attainable for BM25. What of the attainable falls to words that no document
 * holds tells no document from another: in a small store, where that says nothing, it is the dense side's to answer; in a
 * large one it says that the question belongs elsewhere, and stays lost. Where there is no dense side such words count
 * the less the smaller the store is.
 */
export function fusionWeights({ alpha, attainable }: Omit<FusionOptions, "calibration">): FusionWeights {
  const { all, unknown, unsure } = attainable;
  if (all === 0) return { dense: alpha, bm25: 0 };
  if (alpha === 0) return { dense: 0, bm25: 1 / (all - unsure * NEVER_UNSURE_OF_ALL * unknown) };
  return { dense: alpha + unsure * (1 - alpha) * (unknown / all), bm25: (1 - alpha) / all };
}

/** Joins cosine and BM25 of the candidates from place `from` on into their scores. */
export function fuse(candidates: Candidates, from: number, options: FusionOptions): void {
  const { count, cosines, bm25, scores } = candidates;
  const weights = fusionWeights(options);
  for (let i = from; i < count; i++) {
    const dense = calibrate(cosines[i] as number, options.calibration);
    scores[i] = Math.min(weights.dense * dense + weights.bm25 * (bm25[i] as number), 1);
  }
}
