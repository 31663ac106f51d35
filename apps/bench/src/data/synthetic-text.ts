import { randomSource } from "./random.ts";

const SYLLABLES = [
  "ba",
  "ce",
  "di",
  "fo",
  "gu",
  "ha",
  "je",
  "ki",
  "lo",
  "mu",
  "na",
  "pe",
  "ri",
  "so",
  "tu",
  "va",
  "we",
  "xi",
  "yo",
  "zu",
];

/** Texts of 12 to 40 words whose frequencies follow Zipf's law over 50,000 words, and queries of 3 to 8 of those words. */
export function syntheticTexts(
  count: number,
  queryCount: number,
  seed = 2,
): { documents: string[]; queries: string[] } {
  const random = randomSource(seed);
  const words = Array.from({ length: 50_000 }, (_, rank) => word(rank));
  const pick = () => words[Math.min(words.length - 1, Math.floor(words.length ** random()) - 1)] as string;
  const text = (least: number, most: number) =>
    Array.from({ length: least + Math.floor(random() * (most - least + 1)) }, pick).join(" ");
  return {
    documents: Array.from({ length: count }, () => text(12, 40)),
    queries: Array.from({ length: queryCount }, () => text(3, 8)),
  };
}

function word(rank: number): string {
  let name = "";
  for (let rest = rank + 20; rest > 0; rest = Math.floor(rest / 20)) name += SYLLABLES[rest % 20];
  return name;
}
