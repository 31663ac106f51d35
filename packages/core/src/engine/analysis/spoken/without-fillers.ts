import type { SpokenLanguage } from "./spoken-language.ts";
import { type SpokenWord, spokenWords } from "./spoken-words.ts";

/** Taking one filler out can bring the next one to an end of the sentence: "so, I mean, well, …". */
const MOST_ROUNDS = 4;

/**
 * A sentence without what says nothing: hesitations and courtesies wherever they stand, greetings and connectives at its
 * beginning and its end. "" where nothing else was said; the text as it is where nothing is to be left out.
 */
export function withoutFillers(sentence: string, language: SpokenLanguage, words = spokenWords(sentence)): string {
  const kept = words.filter(({ word }) => !language.hesitations.has(word));
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = kept.length;
    dropPhrases(kept, language);
    dropOpenings(kept, language);
    dropClosings(kept, language);
    if (kept.length === before) break;
  }
  if (kept.length === words.length) return sentence;
  return joined(sentence, words, kept);
}

function dropPhrases(kept: SpokenWord[], { phrases }: SpokenLanguage): void {
  for (let at = 0; at < kept.length; ) {
    const length = phrases.longest((offset) => kept[at + offset]?.word);
    if (length > 0) kept.splice(at, length);
    else at++;
  }
}

function dropOpenings(kept: SpokenWord[], { openings }: SpokenLanguage): void {
  let at = 0;
  for (;;) {
    const length = openings.longest((offset) => kept[at + offset]?.word);
    if (length === 0) break;
    at += length;
  }
  kept.splice(0, at);
}

function dropClosings(kept: SpokenWord[], { closings }: SpokenLanguage): void {
  for (;;) {
    const length = closings.longest((offset) => kept[kept.length - 1 - offset]?.word);
    if (length === 0) return;
    kept.splice(kept.length - length, length);
  }
}

/** The kept words with what stands between two that are side by side, and with the signs that touch them. */
function joined(text: string, words: readonly SpokenWord[], kept: readonly SpokenWord[]): string {
  const place = new Map(words.map((word, at) => [word, at]));
  let answer = "";
  for (const [n, word] of kept.entries()) {
    const at = place.get(word) as number;
    const followsOn = n > 0 && words[at - 1] === kept[n - 1];
    const next = words[at + 1];
    const touchesNext = next !== undefined && next === kept[n + 1];
    const start = followsOn ? word.start : signsBefore(text, word.start, words[at - 1]?.end ?? 0);
    const end = touchesNext ? next.start : signsAfter(text, word.end, next?.start ?? text.length);
    answer += (n > 0 && !followsOn ? " " : "") + text.slice(start, end);
  }
  return answer.trim();
}

function signsBefore(text: string, start: number, from: number): number {
  let at = start;
  while (at > from && text[at - 1] !== " ") at--;
  return at;
}

function signsAfter(text: string, end: number, to: number): number {
  let at = end;
  while (at < to && text[at] !== " ") at++;
  return at;
}
