import type { Document } from "@sotto/core";

const THINGS = "router invoice contract refund parcel battery screen password outage antenna cable voucher".split(" ");
const STATES = "broken late missing blocked expired doubled slow unpaid renewed returned".split(" ");
const ACTIONS = "restart replace return report renew cancel check unlock measure order".split(" ");
const PLACES = "Ghent Lisbon Turku Graz Porto Leeds Bergen Basel Cork Malmo".split(" ");

/** Help articles of about 300 characters, each with a number of its own. */
export function syntheticDocuments(count: number): Document[] {
  return Array.from({ length: count }, (_, i) => {
    const pick = (words: readonly string[], step: number) => words[Math.floor(i / step) % words.length] as string;
    const [thing, state, action, place] = [pick(THINGS, 1), pick(STATES, 12), pick(ACTIONS, 120), pick(PLACES, 1200)];
    const text =
      `Article ${i}: the ${thing} is ${state}. Customers in ${place} first ${action} the ${thing} and wait ${i % 97} minutes. ` +
      `When it is still ${state} after that, support opens case C${100_000 + i} and sends part P-${i % 7919} within ${1 + (i % 9)} working days. ` +
      `The fee is ${(i % 5000) / 100} EUR; it is refunded when the fault lies in the network.`;
    return { id: `article-${i}`, text, metadata: { title: `The ${thing} is ${state}` } };
  });
}
