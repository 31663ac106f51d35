import type { Calibration } from "../embedding/index.ts";
import type { Candidates } from "./candidates.ts";

export interface FusionOptions {
  /** Share of the dense score, in [0, 1]. */
  alpha: number;
  /** The most that the query could attain by BM25. */
  attainable: number;
  calibration: Calibration;
}

/** A model's cosine on the scale [0, 1]; a missing vector (NaN) is 0. */
export function calibrate(cosine: number, { low, high }: Calibration): number {
  if (!(cosine > low)) return 0;
  return cosine >= high ? 1 : (cosine - low) / (high - low);
}

/** Joins cosine and BM25 of the candidates from place `from` on into their scores. */
export function fuse(candidates: Candidates, from: number, { alpha, attainable, calibration }: FusionOptions): void {
  const { count, cosines, bm25, scores } = candidates;
  const sparseWeight = attainable > 0 ? (1 - alpha) / attainable : 0;
  for (let i = from; i < count; i++) {
    const score = alpha * calibrate(cosines[i] as number, calibration) + sparseWeight * (bm25[i] as number);
    scores[i] = Math.min(score, 1);
  }
}
