import type { DocumentTable } from "../documents/index.ts";
import type { Candidates } from "./candidates.ts";

/** How far to look over dead slots and other sequences for a neighbour. */
const REACH = 8;
/** Of the neighbours that were not found themselves, so many with the most credit become candidates: at least, and for each hit wanted. */
const MINIMUM_DRAWN_IN = 64;
const DRAWN_IN_PER_HIT = 4;

export interface NeighbourCredit {
  documents: DocumentTable;
  /** `[nearest, second]`: part of a score that goes to each direct neighbour, and to each next one out. */
  weights: readonly number[];
  /** Hits wanted. */
  topK: number;
}

/**
 * Credits the neighbours of what was found, in the same parent (a turn's conversation), with part of its score, clamped
 * to 1. Excluded slots give none: the turn that is answered says what the query says. A neighbour that was not found becomes a candidate with its own score, by `score` for the places from the given
 * one on, and the credit.
 */
export function creditNeighbours(
  candidates: Candidates,
  { documents, weights, topK }: NeighbourCredit,
  score: (from: number) => void,
): void {
  const found = candidates.count;
  for (let place = 0; place < found; place++) {
    const slot = candidates.slots[place] as number;
    const own = candidates.scores[place] as number;
    if (own > 0 && candidates.excluded[place] === 0) credit(candidates, documents, slot, own, weights);
  }
  keepMostCredited(candidates, found, Math.max(MINIMUM_DRAWN_IN, topK * DRAWN_IN_PER_HIT));
  score(found);
  const { count, scores, credits } = candidates;
  for (let place = 0; place < count; place++)
    scores[place] = Math.min(1, (scores[place] as number) + (credits[place] as number));
}

/** Gives the neighbours of one slot their part of its score. */
function credit(
  candidates: Candidates,
  documents: DocumentTable,
  slot: number,
  score: number,
  weights: readonly number[],
): void {
  const parent = documents.parentAt(slot);
  if (parent === undefined) return;
  for (let step = -1; step <= 1; step += 2) {
    let distance = 0;
    for (let reach = 1; reach <= REACH && distance < weights.length; reach++) {
      const other = slot + step * reach;
      if (documents.parentAt(other) !== parent) continue;
      const place = candidates.add(other);
      (candidates.credits[place] as number) += (weights[distance] as number) * score;
      distance++;
    }
  }
}

/** Keeps about `most` of the places from `from` on: those with the most credit, and all that tie with the last of them. */
function keepMostCredited(candidates: Candidates, from: number, most: number): void {
  const { count, credits } = candidates;
  if (count - from <= most) return;
  const ordered = credits.slice(from, count).sort();
  const least = ordered[ordered.length - most] as number;
  candidates.keep(from, (place) => (credits[place] as number) >= least);
}
