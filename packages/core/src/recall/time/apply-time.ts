import type { RankedSlot } from "../lanes/rank-turns.ts";
import type { TimeAsked } from "./time-asked.ts";

/** What is asked for besides a time counts this much where the time does not fit. */
const OUT_OF_RANGE = 0.75;
/** What fits the time is lifted by so much. */
const IN_RANGE = 0.3;
/** Of what is asked for, what comes near to the best is put in order of time. */
const NEAR_BEST = 0.7;

export interface TimedSlots {
  /** Every slot that takes part. */
  slots: Iterable<number>;
  /** When it was said, the last time; milliseconds since the epoch. */
  at(slot: number): number;
  /** When it was said first. */
  firstAt(slot: number): number;
  /** The session that it was said in. */
  session(slot: number): string | undefined;
  /** Whether the user said it. */
  byUser(slot: number): boolean;
}

/**
 * Ranks by the time that a question asks for. Where it asks for nothing else, what was said then is the answer: what falls
 * into the range, the call, the newest, the oldest, in order of time. Otherwise what fits is lifted over what does not, and
 * of what comes near to the best the newest or the oldest goes first.
 */
export function applyTime(
  ranked: RankedSlot[],
  { range, order, onlyTime }: TimeAsked,
  timed: TimedSlots,
): RankedSlot[] {
  const isIn = (slot: number): boolean =>
    range === undefined || [timed.at(slot), timed.firstAt(slot)].some((at) => at >= range.from && at < range.to);
  if (onlyTime) {
    const slots = [...timed.slots].filter(isIn);
    if (slots.length > 0) return saidThen(slots, order, ranked, timed);
  }
  let scored = ranked;
  if (range !== undefined && ranked.some(({ slot }) => isIn(slot))) {
    scored = ranked
      .map(({ slot, score }) => ({ slot, score: isIn(slot) ? Math.min(1, score + IN_RANGE) : score * OUT_OF_RANGE }))
      .sort((a, b) => b.score - a.score || b.slot - a.slot);
  }
  return order === undefined ? scored : inOrder(scored, order, timed);
}

function saidThen(
  slots: readonly number[],
  order: TimeAsked["order"],
  ranked: readonly RankedSlot[],
  timed: TimedSlots,
): RankedSlot[] {
  const oldestFirst = [...slots].sort((a, b) => timed.at(a) - timed.at(b) || a - b);
  const scores = new Map(ranked.map(({ slot, score }) => [slot, score]));
  let wanted = oldestFirst;
  if (order === "firstCall" || order === "lastCall") {
    const session = timed.session((order === "firstCall" ? oldestFirst[0] : oldestFirst.at(-1)) as number);
    wanted = oldestFirst.filter((slot) => timed.session(slot) === session);
  } else if (order === "newest" || order === "oldest") {
    const said = oldestFirst.filter((slot) => timed.byUser(slot));
    wanted = said.length > 0 ? said : oldestFirst;
    if (order === "newest") wanted = [...wanted].reverse();
  } else {
    // A whole range: what is nearest to the question, else what was said first.
    wanted = [...oldestFirst].sort((a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0));
  }
  return wanted.map((slot, n) => ({ slot, score: 1 - n / (2 * (wanted.length + 1)) }));
}

function inOrder(ranked: RankedSlot[], order: NonNullable<TimeAsked["order"]>, timed: TimedSlots): RankedSlot[] {
  const least = (ranked[0]?.score ?? 0) * NEAR_BEST;
  const count = ranked.findIndex(({ score }) => score < least);
  const best = count === -1 ? ranked : ranked.slice(0, count);
  const newestFirst = order === "newest" || order === "lastCall";
  const byTime = [...best].sort((a, b) =>
    newestFirst ? timed.at(b.slot) - timed.at(a.slot) : timed.firstAt(a.slot) - timed.firstAt(b.slot),
  );
  const placed = byTime.map(({ slot }, n) => ({ slot, score: (best[n] as RankedSlot).score }));
  return count === -1 ? placed : [...placed, ...ranked.slice(count)];
}
