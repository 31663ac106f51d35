import { isQuestion, sentencesOf } from "./sentences.ts";
import { contentWords } from "./words.ts";

/** A piece of text that an answer may quote. `weight` scales its score: tool results count more than instructions. */
export interface Passage {
  text: string;
  weight: number;
}

/** Least share of the question's weight that a sentence and its passage must cover to be quoted. */
const MIN_OVERLAP = 0.3;
/** A further sentence is quoted when it covers at least this share of the question that is not covered yet. */
const MIN_ADDED = 0.25;
const MAX_SENTENCES = 3;

interface Candidate {
  text: string;
  words: Set<string>;
  passageWords: Set<string>;
  weight: number;
  next: string | undefined;
}

/**
 * The sentences of `passages` that best answer `question`, verbatim and joined by spaces, or undefined when nothing
 * overlaps enough. A sentence's score is the share of the question's words that it holds, each word weighted by its
 * rarity among the sentences, `ln(1 + N / (1 + n))`, three parts for the sentence and one for its passage.
 */
export function bestPassage(question: string, passages: readonly Passage[]): string | undefined {
  const wanted = [...new Set(contentWords(question))];
  if (wanted.length === 0) return undefined;
  const candidates = passages.flatMap(candidatesOf);
  const rarity = new Map(
    wanted.map((word) => {
      const holders = candidates.filter((candidate) => candidate.words.has(word)).length;
      return [word, Math.log(1 + Math.max(candidates.length, 4) / (1 + holders))];
    }),
  );
  const total = weightOf(wanted, rarity);
  const share = (words: Set<string>, of = wanted) =>
    weightOf(
      of.filter((word) => words.has(word)),
      rarity,
    ) / total;
  const score = (candidate: Candidate) =>
    share(candidate.words) === 0
      ? 0
      : (0.75 * share(candidate.words) + 0.25 * share(candidate.passageWords)) * candidate.weight;

  const ranked = candidates
    .map((candidate) => ({ candidate, score: score(candidate) }))
    .filter((entry) => entry.score >= MIN_OVERLAP)
    .sort((a, b) => b.score - a.score);
  const quoted: Candidate[] = [];
  let missing = wanted;
  for (const { candidate } of ranked) {
    if (quoted.length === MAX_SENTENCES) break;
    if (quoted.length > 0 && share(candidate.words, missing) < MIN_ADDED) continue;
    quoted.push(candidate);
    missing = missing.filter((word) => !candidate.words.has(word));
  }
  if (quoted.length === 0) return undefined;
  return [...new Set(quoted.map((candidate) => quote(candidate).replace(LABEL, "")))].join(" ");
}

/** What a list of passages puts before each, such as `[2026-01-02, Ann]` or `[handbook]`: nobody said it. */
const LABEL = /^\[[^\]\n]{1,80}\]\s+/;

/** A very short sentence is a title: what it announces comes with it. */
function quote({ text, words, next }: Candidate): string {
  return words.size <= 2 && text.length < 40 && next !== undefined ? `${text} ${next}` : text;
}

function candidatesOf(passage: Passage): Candidate[] {
  const passageWords = new Set(contentWords(passage.text));
  const sentences = sentencesOf(passage.text);
  return sentences
    .map((text, i) => ({
      text,
      words: new Set(contentWords(text)),
      passageWords,
      weight: passage.weight,
      next: sentences[i + 1],
    }))
    .filter((candidate) => !isQuestion(candidate.text));
}

function weightOf(words: readonly string[], rarity: ReadonlyMap<string, number>): number {
  return words.reduce((sum, word) => sum + (rarity.get(word) ?? 0), 0);
}
