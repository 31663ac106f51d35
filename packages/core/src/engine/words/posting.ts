/** A posting is 32 bits: the slot in the upper 26, the term's count in that document, at most 63, in the lower 6. */
export const MOST_SLOTS = 2 ** 26;
const FREQUENCY_BITS = 6;
const MOST_FREQUENCY = 63;

export function packPosting(slot: number, frequency: number): number {
  return ((slot << FREQUENCY_BITS) | Math.min(frequency, MOST_FREQUENCY)) >>> 0;
}

export function slotOfPosting(posting: number): number {
  return posting >>> FREQUENCY_BITS;
}

export function frequencyOfPosting(posting: number): number {
  return posting & MOST_FREQUENCY;
}
