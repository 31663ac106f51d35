/** Up to this many documents take part: every one is scored by int8. */
const EXACT_COUNT = 1_000;
/** So they are when a filter leaves at most this share of all, since the scan of the codes passes by blocks of 32. */
const EXACT_SHARE = 0.05;

/** Whether to score all `live` documents of `slotCount` by int8, without a shortlist. */
export function isExact(live: number, slotCount: number): boolean {
  return live <= Math.max(EXACT_COUNT, slotCount * EXACT_SHARE);
}

/**
 * How many documents of the one-bit scan to rescore by int8: 200 up to 10,000 documents, then 200 x (n / 10,000)^0.35,
 * that is 448 at 100,000 and 1,002 at a million; at least twice the wanted ones.
 */
export function shortlistSize(documents: number, wanted: number): number {
  return Math.max(2 * wanted, Math.round(200 * Math.max(1, documents / 10_000) ** 0.35));
}
