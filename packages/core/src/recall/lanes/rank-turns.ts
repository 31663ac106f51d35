import type { DocumentTable } from "../../engine/index.ts";
import { NEIGHBOR_WEIGHTS, SESSION_BEST, SESSION_WEIGHT } from "../recall-defaults.ts";

/** How far to look over dead slots and other sessions for a neighbour. */
const REACH = 8;
/** So many of the best are looked at for whether they state something. */
const MOST_WEIGHED = 256;

/** A slot of an index of turns and what it scores. */
export interface RankedSlot {
  slot: number;
  score: number;
}

export interface RankedTurns {
  /** Best first. */
  turns: RankedSlot[];
  /** The best score, whether that turn states something or only asks. */
  best: number;
}

export interface Ranking {
  documents: DocumentTable;
  /** True for a slot that takes no part: it is no hit, and no neighbour that lends or borrows. */
  isOut(slot: number): boolean;
  /** What a turn's score counts: less than 1 where it only asks, or says of what was asked only that it does not know. */
  weightOf(slot: number): number;
  /** Whether a turn is also credited with a share of its session's best. */
  sessions: boolean;
}

/** Scores by slot; all zero between calls. One ranking runs to its end before the next one begins. */
let near = new Float64Array(1_024);

/**
 * Conversation's turns by what they and their surroundings say, best first:
 *
 *     near  = own + 0.25 x (previous + next) + 0.125 x (the ones beyond), at most 1
 *     score = (near + 0.3 x mean of the session's three best near) / 1.3
 *
 * A turn that only asks, or answers that it does not know, stands behind what states something. Of equal scores the newer one comes first.
 * Measured: `docs/memory.md`.
 */
export function rankTurns(found: readonly RankedSlot[], ranking: Ranking): RankedTurns {
  const { documents, weightOf, sessions } = ranking;
  if (near.length < documents.slotCount) near = new Float64Array(documents.slotCount * 2);
  const slots = creditNeighbours(found, ranking);
  const shares = sessions ? sessionShares(slots, documents) : undefined;
  const ranked: RankedSlot[] = [];
  for (const slot of slots) {
    const score = near[slot] as number;
    near[slot] = 0;
    const share = shares?.get(documents.parentAt(slot)) ?? 0;
    ranked.push({ slot, score: shares === undefined ? score : (score + share) / (1 + SESSION_WEIGHT) });
  }
  ranked.sort(bestFirst);
  const best = ranked[0]?.score ?? 0;
  let weighed = false;
  for (let n = 0; n < MOST_WEIGHED && n < ranked.length; n++) {
    const turn = ranked[n] as RankedSlot;
    const weight = weightOf(turn.slot);
    if (weight === 1) continue;
    turn.score *= weight;
    weighed = true;
  }
  return { turns: weighed ? ranked.sort(bestFirst) : ranked, best };
}

/** Writes into `near`, and answers the slots that have a score there. */
function creditNeighbours(found: readonly RankedSlot[], { documents, isOut }: Ranking): number[] {
  const slots: number[] = [];
  const add = (slot: number, score: number): void => {
    if (near[slot] === 0) slots.push(slot);
    near[slot] = (near[slot] as number) + score;
  };
  for (const { slot, score } of found) add(slot, score);
  for (const { slot, score } of found) {
    const parent = documents.parentAt(slot);
    if (parent === undefined) continue;
    for (let step = -1; step <= 1; step += 2) {
      let distance = 0;
      for (let reach = 1; reach <= REACH && distance < NEIGHBOR_WEIGHTS.length; reach++) {
        const other = slot + step * reach;
        // What was found is in; only of the others it has to be asked.
        if (documents.parentAt(other) !== parent || (near[other] === 0 && isOut(other))) continue;
        add(other, (NEIGHBOR_WEIGHTS[distance] as number) * score);
        distance++;
      }
    }
  }
  for (const slot of slots) if ((near[slot] as number) > 1) near[slot] = 1;
  return slots;
}

/** By session, its weight times the mean of its three best. */
function sessionShares(slots: readonly number[], documents: DocumentTable): Map<string | undefined, number> {
  const best = new Map<string, number[]>();
  for (const slot of slots) {
    const parent = documents.parentAt(slot);
    if (parent === undefined) continue;
    const score = near[slot] as number;
    let scores = best.get(parent);
    if (scores === undefined) {
      scores = new Array<number>(SESSION_BEST).fill(0);
      best.set(parent, scores);
    }
    if (score <= (scores[0] as number)) continue;
    // Ascending, so that the least of the best stands first.
    let place = 0;
    while (place + 1 < SESSION_BEST && (scores[place + 1] as number) < score) {
      scores[place] = scores[place + 1] as number;
      place++;
    }
    scores[place] = score;
  }
  const shares = new Map<string | undefined, number>();
  for (const [parent, scores] of best)
    shares.set(parent, (SESSION_WEIGHT * scores.reduce((sum, score) => sum + score, 0)) / SESSION_BEST);
  return shares;
}

function bestFirst(a: RankedSlot, b: RankedSlot): number {
  return b.score - a.score || b.slot - a.slot;
}
