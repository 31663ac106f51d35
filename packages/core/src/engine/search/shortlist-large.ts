import { type Steps, takeInTurns } from "../../steps.ts";
import type { Question } from "../analysis/index.ts";
import {
  candidatesWanted,
  effectiveAlpha,
  participants,
  type SearchTarget,
  type Shortlist,
  searchedLanguages,
} from "./search-target.ts";

/** Slots from which on the scan of a search is taken in turns: a search of as many holds the thread for about two milliseconds. */
const LARGE_SLOTS = 300_000;

export interface ShortlistOptions {
  question: Question;
  topK: number;
  signal?: AbortSignal | undefined;
  /** Slots from which on an index is large. Default 300,000. */
  largeSlots?: number;
}

let lastScan: Promise<unknown> = Promise.resolve();

/**
 * Scans the large indexes for a search, half a millisecond a turn of the event loop. Answers, in the order of the
 * targets, what they then take as their `shortlist`; undefined at once when none is large. One scan after the other: the
 * first is then done sooner, and the last no later. Rejects with the signal's reason when it aborts.
 */
export function shortlistLarge(
  targets: readonly SearchTarget[],
  options: ShortlistOptions,
): Promise<(Shortlist | undefined)[]> | undefined {
  const isLarge = (target: SearchTarget) =>
    target.index.documents.slotCount >= (options.largeSlots ?? LARGE_SLOTS) &&
    effectiveAlpha(target, options.question.whole.terms(searchedLanguages(targets))) > 0;
  if (!targets.some(isLarge)) return undefined;
  return Promise.all(
    targets.map((target) => {
      if (!isLarge(target)) return undefined;
      const scan = lastScan.then(() => takeInTurns(shortlistOf(target, options.topK), options.signal));
      lastScan = scan.catch(() => undefined);
      return scan;
    }),
  );
}

function* shortlistOf(target: SearchTarget, topK: number): Steps<Shortlist | undefined> {
  const { index } = target;
  const { vectors } = index;
  const taking = participants(target);
  if (taking === undefined || taking.slots !== undefined) return undefined;
  const { slotCount } = index.documents;
  const wanted = candidatesWanted(index, topK);
  const { live } = taking;
  const all = new Set<number>();
  for (const vector of [target.vector, ...(target.sentenceVectors ?? [])]) {
    if (vector === null) continue;
    const slots = yield* vectors.shortlist(vector, { wanted, live, slotCount });
    if (slots === undefined) return undefined;
    if (target.sentenceVectors === undefined) return { vectors, slots, slotCount };
    for (const slot of slots) all.add(slot);
  }
  return { vectors, slots: Uint32Array.from(all).sort(), slotCount };
}

/**
 * The slots to score in place of a scan: those of the target's shortlist and all that came since. Undefined without a
 * shortlist, and when its slots have other numbers by now or the index is another one.
 */
export function slotsToScore({ index, shortlist }: SearchTarget): Uint32Array | undefined {
  if (shortlist?.vectors !== index.vectors) return undefined;
  const { slots, slotCount } = shortlist;
  const since = index.documents.slotCount - slotCount;
  const all = new Uint32Array(slots.length + since);
  all.set(slots);
  for (let i = 0; i < since; i++) all[slots.length + i] = slotCount + i;
  return all;
}
