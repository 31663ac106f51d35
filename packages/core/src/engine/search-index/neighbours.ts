import type { Bm25Statistics } from "../inverted-index/index.ts";
import type { ScoredSlots } from "../scored-slots.ts";
import { type SearchRequest, type SearchTarget, scoreSlots } from "./search.ts";
import type { SearchIndex } from "./search-index.ts";

/** How far to look over dead slots and other sequences for a neighbour. */
const REACH = 8;

/**
 * Credits each candidate with part of the scores of what stands next to it in the same parent (a turn's conversation):
 * `weights[0]` of each direct neighbour, `weights[1]` of each next one out, clamped to 1. The neighbours of candidates
 * become candidates themselves.
 */
export function creditNeighbours(
  found: ScoredSlots,
  index: SearchIndex,
  weights: readonly number[],
  target: SearchTarget,
  request: SearchRequest,
  statistics: Bm25Statistics | undefined,
): ScoredSlots {
  const base = new Map<number, number>();
  for (let i = 0; i < found.count; i++) base.set(found.slots[i] as number, found.scores[i] as number);
  const candidates = new Set(base.keys());
  for (const slot of base.keys())
    for (const { slot: near } of neighboursOf(index, slot, weights.length)) candidates.add(near);
  const wider = new Set(candidates);
  for (const slot of candidates)
    for (const { slot: near } of neighboursOf(index, slot, weights.length)) wider.add(near);

  const missing = Uint32Array.from([...wider].filter((slot) => !base.has(slot))).sort();
  const scores = scoreSlots(target, missing, request, statistics);
  for (let i = 0; i < missing.length; i++) base.set(missing[i] as number, scores[i] as number);

  const slots = Uint32Array.from(candidates).sort();
  const credited = new Float32Array(slots.length);
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i] as number;
    let score = base.get(slot) ?? 0;
    for (const near of neighboursOf(index, slot, weights.length))
      score += (weights[near.distance - 1] as number) * (base.get(near.slot) ?? 0);
    credited[i] = Math.min(1, score);
  }
  return { count: slots.length, slots, scores: credited };
}

function neighboursOf(index: SearchIndex, slot: number, depth: number): { slot: number; distance: number }[] {
  const { documents } = index;
  const parent = documents.parentAt(slot);
  if (parent === undefined) return [];
  const near: { slot: number; distance: number }[] = [];
  for (const step of [-1, 1]) {
    let distance = 0;
    for (let other = slot + step, reach = 0; reach < REACH && distance < depth; other += step, reach++) {
      if (other < 0 || other >= documents.slotCount) break;
      if (documents.parentAt(other) === parent) near.push({ slot: other, distance: ++distance });
    }
  }
  return near;
}
