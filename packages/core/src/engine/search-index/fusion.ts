import type { Calibration } from "../../embedding/embedder.ts";
import type { ScoredSlots } from "../scored-slots.ts";

export interface FusionInput {
  /** Share of the dense score, in [0, 1]. */
  alpha: number;
  /** The most that the query could attain by BM25. */
  attainable: number;
  calibration: Calibration;
  /** Cosines of slots that the dense side did not list; NaN where there is no vector. */
  denseOf: (slots: Uint32Array, count: number) => Float32Array;
  /** BM25 of slots that the sparse side did not list. */
  sparseOf: (slots: Uint32Array, count: number) => Float32Array;
}

/** A model's cosine on the scale [0, 1]; a missing vector (NaN) is 0. */
export function calibrate(cosine: number, { low, high }: Calibration): number {
  if (!(cosine > low)) return 0;
  return cosine >= high ? 1 : (cosine - low) / (high - low);
}

/** Joins two candidate lists into one with exact scores of both kinds, in the order of slots. */
export function fuse(dense: ScoredSlots | undefined, sparse: ScoredSlots | undefined, input: FusionInput): ScoredSlots {
  const x = sortBySlot(dense);
  const y = sortBySlot(sparse);
  const slots = new Uint32Array(x.count + y.count);
  const cosines = new Float32Array(slots.length);
  const bm25 = new Float32Array(slots.length);
  const wantDense = new Uint32Array(y.count);
  const wantSparse = new Uint32Array(x.count);
  let count = 0;
  let noDense = 0;
  let noSparse = 0;
  for (let i = 0, j = 0; i < x.count || j < y.count; count++) {
    const a = i < x.count ? (x.slots[i] as number) : Number.POSITIVE_INFINITY;
    const b = j < y.count ? (y.slots[j] as number) : Number.POSITIVE_INFINITY;
    slots[count] = Math.min(a, b);
    if (a <= b) cosines[count] = x.scores[i++] as number;
    else wantDense[noDense++] = count;
    if (b <= a) bm25[count] = y.scores[j++] as number;
    else wantSparse[noSparse++] = count;
  }
  if (input.alpha > 0) fillIn(cosines, slots, wantDense, noDense, input.denseOf);
  if (input.alpha < 1 && input.attainable > 0) fillIn(bm25, slots, wantSparse, noSparse, input.sparseOf);

  const scores = new Float32Array(count);
  const sparseWeight = input.attainable > 0 ? (1 - input.alpha) / input.attainable : 0;
  for (let i = 0; i < count; i++) {
    const score = input.alpha * calibrate(cosines[i] as number, input.calibration) + sparseWeight * (bm25[i] as number);
    scores[i] = Math.min(score, 1);
  }
  return { count, slots, scores };
}

/** Scores the candidates at the positions `wanted`, which one side did not list. */
function fillIn(
  into: Float32Array,
  slots: Uint32Array,
  wanted: Uint32Array,
  count: number,
  scoreOf: FusionInput["denseOf"],
): void {
  if (count === 0) return;
  const list = new Uint32Array(count);
  for (let i = 0; i < count; i++) list[i] = slots[wanted[i] as number] as number;
  const scores = scoreOf(list, count);
  for (let i = 0; i < count; i++) into[wanted[i] as number] = scores[i] as number;
}

const NONE: ScoredSlots = { count: 0, slots: new Uint32Array(0), scores: new Float32Array(0) };

/** A copy in ascending order of slots; slot and position share one float64, so that a native sort does the work. */
function sortBySlot(list: ScoredSlots | undefined): ScoredSlots {
  if (list === undefined || list.count === 0) return NONE;
  const { count } = list;
  const keys = new Float64Array(count);
  for (let i = 0; i < count; i++) keys[i] = (list.slots[i] as number) * 65_536 + i;
  keys.sort();
  const slots = new Uint32Array(count);
  const scores = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const key = keys[i] as number;
    const slot = Math.floor(key / 65_536);
    slots[i] = slot;
    scores[i] = list.scores[key - slot * 65_536] as number;
  }
  return { count, slots, scores };
}
