import type { DocumentTable } from "../document-table/document-table.ts";
import type { Bm25Statistics } from "../inverted-index/index.ts";
import type { ScoredSlots } from "../scored-slots.ts";
import { type SearchRequest, type SearchTarget, scoreSlots } from "./search.ts";
import type { SearchIndex } from "./search-index.ts";

/** How far to look over dead slots and other sequences for a neighbour. */
const REACH = 8;
/** Of the neighbours that were not found themselves, so many with the most credit become candidates: at least, and for each hit wanted. */
const MINIMUM_DRAWN_IN = 64;
const DRAWN_IN_PER_HIT = 4;

/**
 * Credits the neighbours of what was found, in the same parent (a turn's conversation), with part of its score:
 * `weights[0]` for each direct neighbour, `weights[1]` for each next one out, clamped to 1. A neighbour that was not found
 * becomes a candidate with its own score and the credit. Slots that are excluded give none: the turn that is answered says
 * what the query says.
 */
export function creditNeighbours(
  found: ScoredSlots,
  index: SearchIndex,
  weights: readonly number[],
  target: SearchTarget,
  request: SearchRequest,
  statistics: Bm25Statistics | undefined,
): ScoredSlots {
  const credits = new Map<number, number>();
  for (let i = 0; i < found.count; i++) {
    const slot = found.slots[i] as number;
    const score = found.scores[i] as number;
    if (score > 0 && request.exclude?.(slot) !== true) credit(credits, index.documents, slot, score, weights);
  }

  const scores = new Map<number, number>();
  for (let i = 0; i < found.count; i++) scores.set(found.slots[i] as number, found.scores[i] as number);
  const drawnIn = mostCredited(credits, scores, Math.max(MINIMUM_DRAWN_IN, request.topK * DRAWN_IN_PER_HIT));
  const own = scoreSlots(target, drawnIn, request, statistics);
  for (let i = 0; i < drawnIn.length; i++) scores.set(drawnIn[i] as number, own[i] as number);

  const slots = Uint32Array.from(scores.keys());
  const credited = new Float32Array(slots.length);
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i] as number;
    credited[i] = Math.min(1, (scores.get(slot) as number) + (credits.get(slot) ?? 0));
  }
  return { count: slots.length, slots, scores: credited };
}

/** Gives the neighbours of one slot their part of its score. */
function credit(
  credits: Map<number, number>,
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
      credits.set(other, (credits.get(other) ?? 0) + (weights[distance] as number) * score);
      distance++;
    }
  }
}

/** About `most` slots with the most credit among those without a score (all that tie with the last), in ascending order. */
function mostCredited(
  credits: ReadonlyMap<number, number>,
  scores: ReadonlyMap<number, number>,
  most: number,
): Uint32Array {
  const slots: number[] = [];
  for (const slot of credits.keys()) if (!scores.has(slot)) slots.push(slot);
  if (slots.length <= most) return Uint32Array.from(slots).sort();
  const ordered = Float64Array.from(slots, (slot) => credits.get(slot) as number).sort();
  const least = ordered[ordered.length - most] as number;
  return Uint32Array.from(slots.filter((slot) => (credits.get(slot) as number) >= least)).sort();
}
