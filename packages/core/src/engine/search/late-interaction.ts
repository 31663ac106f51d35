import type { Bitmap } from "../bytes/index.ts";
import type { Calibration } from "../embedding/index.ts";
import { TopSlots } from "../vectors/index.ts";
import { candidates } from "./candidates.ts";
import { calibrate } from "./fusion.ts";
import type { SearchIndex } from "./search-index.ts";

/** Up to so many documents all are compared token by token; of more, those that the hybrid search finds. */
const MOST_COMPARED = 20_000;

/** The tokens of a query, for an index whose documents have token states of the same model. */
export interface LateQuery {
  /** As `TokenStates.embedQuery` gives them. */
  tokens: Float32Array;
  calibration: Calibration;
  /** Share of the score, in [0, 1], of documents that have token states. */
  share: number;
}

/** Mixes the hybrid scores of candidates with what their token states say. */
export interface LateScorer {
  /** Candidates from place `from` on, which have their hybrid scores. */
  mix(from: number): void;
}

/** Shared by all searches: one runs to its end before the next one begins. */
const best = new TopSlots();
/** By slot, where all were compared; NaN without token states. */
let compared = new Float32Array(0);

/**
 * score = (1 - share) x hybrid + share x calibrated mean over the query's tokens of the best token of the document.
 *
 * Adds the `wanted` best by token states to the candidates. Undefined where query or index have no token states.
 */
export function lateScorer(
  index: SearchIndex,
  late: LateQuery | undefined,
  { wanted, live }: { wanted: number; live: Bitmap | undefined },
): LateScorer | undefined {
  const { tokens: store } = index;
  if (late === undefined || store === undefined || late.tokens.length === 0) return undefined;
  if (late.tokens.length % store.dimensions !== 0) return undefined;
  const { tokens, calibration, share } = late;
  const { size, slotCount } = index.documents;
  const all = size <= MOST_COMPARED;
  if (all) {
    const slots = (live ?? index.live).toSlots();
    const scores = store.score(tokens, slots);
    if (compared.length < slotCount) compared = new Float32Array(slotCount * 2);
    compared.fill(Number.NaN, 0, slotCount);
    best.begin(Math.min(wanted, slots.length));
    for (let i = 0; i < slots.length; i++) {
      const score = scores[i] as number;
      compared[slots[i] as number] = score;
      if (score > calibration.low) best.offer(slots[i] as number, score);
    }
    const found = best.end();
    for (let i = 0; i < found.count; i++) candidates.add(found.slots[i] as number);
  }
  return {
    mix(from) {
      const { count, slots, scores } = candidates;
      const scored = all || from === count ? undefined : store.score(tokens, slots.subarray(from, count));
      for (let i = from; i < count; i++) {
        const score = (scored === undefined ? compared[slots[i] as number] : scored[i - from]) as number;
        if (!Number.isNaN(score))
          scores[i] = (1 - share) * (scores[i] as number) + share * calibrate(score, calibration);
      }
    },
  };
}
