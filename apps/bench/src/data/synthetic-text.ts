import { pick, randomSource } from "./random.ts";

const SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu".split(" ");
const VOCABULARY = 50_000;

/**
 * Texts of 12 to 40 words whose frequencies follow Zipf's law over 50,000 words, and queries of 3 to 8 of those words.
 * Texts are made as they are asked for: the same number always gives the same text.
 */
export function syntheticTexts(queryCount: number, seed = 2): { document(i: number): string; queries: string[] } {
  const words = Array.from({ length: VOCABULARY }, (_, rank) => word(rank));
  const text = (random: () => number, least: number, most: number) =>
    Array.from({ length: least + Math.floor(random() * (most - least + 1)) }, () => zipf(random, words)).join(" ");
  const queries = randomSource(seed);
  return {
    document: (i) => text(randomSource(Math.imul(i + 1, 2_654_435_761) ^ seed), 12, 40),
    queries: Array.from({ length: queryCount }, () => text(queries, 3, 8)),
  };
}

/** A word by Zipf's law: the rank is the vocabulary's size to the power of an even number in [0, 1). */
function zipf(random: () => number, words: readonly string[]): string {
  return words[Math.floor(words.length ** random()) - 1] as string;
}

function word(rank: number): string {
  let name = "";
  for (let rest = rank + SYLLABLES.length; rest > 0; rest = Math.floor(rest / SYLLABLES.length))
    name += SYLLABLES[rest % SYLLABLES.length];
  return name;
}

const SUBJECTS = "router invoice refund delivery battery screen password contract outage speed".split(" ");
const STARTS = ["how do I change my", "what about the", "where can I find my", "why is there a problem with the"];

/** Short questions as a caller would ask them, a different one for each number up to 4,000. */
export function shortQuestions(count: number, seed = 3): string[] {
  const random = randomSource(seed);
  return Array.from(
    { length: count },
    (_, i) => `${pick(random, STARTS)} ${pick(random, SUBJECTS)} and the ${pick(random, SUBJECTS)} ${i % 100}`,
  );
}
