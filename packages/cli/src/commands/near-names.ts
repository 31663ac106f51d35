import { distance } from "fastest-levenshtein";

/** Up to three names that could have been meant, nearest first: few letters differ, or one contains the other. */
export function nearNames(name: string, names: readonly string[]): string[] {
  const wanted = name.toLowerCase();
  const most = Math.max(2, Math.floor(wanted.length * 0.4));
  return names
    .map((each) => ({ each, letters: distance(wanted, each.toLowerCase()) }))
    .filter(({ each, letters }) => letters <= most || (wanted.length >= 3 && each.toLowerCase().includes(wanted)))
    .sort((a, b) => a.letters - b.letters)
    .slice(0, 3)
    .map(({ each }) => each);
}
