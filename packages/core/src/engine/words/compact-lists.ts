import { type Steps, stepCounter } from "../../steps.ts";
import type { Arena } from "../kernel/index.ts";
import type { Bm25Source } from "./bm25-scorer.ts";
import { LengthClasses } from "./length-classes.ts";
import { frequencyOfPosting, packPosting, slotOfPosting } from "./posting.ts";
import { POSTING_BYTES } from "./posting-blocks.ts";
import { PostingLists } from "./posting-lists.ts";
import { TermTable } from "./term-table.ts";

export interface CompactedLists {
  terms: TermTable;
  lists: PostingLists;
  lengths: LengthClasses;
  slotCount: number;
}

/** A copy of an index without the documents whose new slot is -1 and the terms that only they held. */
export function* compactLists(arena: Arena, source: Bm25Source, newSlotOf: Int32Array): Steps<CompactedLists> {
  const slotCount = countKept(newSlotOf, source.slotCount);
  const terms = new TermTable();
  const counts: number[] = [];
  const postings = new Uint32Array(totalCount(source));
  let end = 0;
  let old = 0;
  const isStep = stepCounter();
  for (const term of source.terms.terms()) {
    const start = end;
    if (isStep(source.lists.count(old) * POSTING_BYTES)) yield;
    for (const posting of source.lists.view(old++)) {
      const slot = newSlotOf[slotOfPosting(posting)] as number;
      if (slot >= 0) postings[end++] = packPosting(slot, frequencyOfPosting(posting));
    }
    if (end === start) continue;
    terms.setFrequency(terms.idOrNew(term), end - start);
    counts.push(end - start);
  }
  const lists = new PostingLists(arena);
  yield* lists.restore(Uint32Array.from(counts), postings);
  return { terms, lists, lengths: compactLengths(arena, source, newSlotOf, slotCount), slotCount };
}

/** Throws a RangeError when new slots are not ascending. */
function countKept(newSlotOf: Int32Array, slotCount: number): number {
  let last = -1;
  for (let slot = 0; slot < slotCount; slot++) {
    const next = newSlotOf[slot];
    if (next === undefined) throw new RangeError(`Slot ${slot} has no new number.`);
    if (next < 0) continue;
    if (next <= last) throw new RangeError(`New slots must ascend: ${next} comes after ${last}.`);
    last = next;
  }
  return last + 1;
}

function totalCount({ lists, terms }: Bm25Source): number {
  let total = 0;
  for (let id = 0; id < terms.size; id++) total += lists.count(id);
  return total;
}

function compactLengths(arena: Arena, source: Bm25Source, newSlotOf: Int32Array, slotCount: number): LengthClasses {
  const lengths = new LengthClasses(arena);
  lengths.reserve(slotCount);
  for (let slot = 0; slot < source.slotCount; slot++) {
    const next = newSlotOf[slot] as number;
    if (next >= 0) lengths.set(next, source.lengths.get(slot));
  }
  return lengths;
}
