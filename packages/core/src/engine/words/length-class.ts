/**
 * Document lengths in one byte, as in Lucene: class c stands for c terms below 64, and from there for 64 x 2^((c - 64) / 16),
 * 16 classes an octave, up to 246,000. A length is rounded down to its class, so by at most 4.3 %. Only the length in
 * the norm is rounded; the average length is exact.
 */
const EXACT = 64;
const CLASSES_PER_OCTAVE = 16;

export const CLASS_COUNT = 256;

/** The length that each class stands for. */
export const lengthOfClass: Float64Array = Float64Array.from({ length: CLASS_COUNT }, (_, c) =>
  c < EXACT ? c : Math.round(EXACT * 2 ** ((c - EXACT) / CLASSES_PER_OCTAVE)),
);

/** The last class whose length is not above `length`. */
export function classOfLength(length: number): number {
  if (length < EXACT) return length;
  let low = EXACT;
  let high = CLASS_COUNT - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((lengthOfClass[middle] as number) <= length) low = middle;
    else high = middle - 1;
  }
  return low;
}
