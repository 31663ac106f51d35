import { Term } from "./term.ts";

/** Scripts that do not put a space between words, and Hangul, whose particles hang on to the word. */
const spaceless =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]/u;
const runs = new RegExp(`(?:${spaceless.source})+|(?:(?!${spaceless.source})[^])+`, "gu");

export function containsSpaceless(text: string): boolean {
  return spaceless.test(text);
}

/** `iPhoneケース` as `iPhone`, `ケース`. */
export function splitScripts(text: string): string[] {
  return text.match(runs) ?? [];
}

/** Each character and each pair of neighbours: without a dictionary a word of any length is found by these. */
export function spacelessTerms(run: string): Term[] {
  const characters = [...run];
  const terms: Term[] = [];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? "";
    terms.push(new Term(character, false));
    if (at + 1 < characters.length) terms.push(new Term(character + characters[at + 1], false));
  }
  return terms;
}
