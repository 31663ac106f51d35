import { analyze } from "./analyze.ts";
import { type QueryTerm, queryTerms } from "./analyze-query.ts";
import { sentencesOf } from "./spoken/sentences.ts";
import { type SpokenLanguage, spokenLanguageOf } from "./spoken/spoken-language.ts";
import { type SpokenWord, spokenWords } from "./spoken/spoken-words.ts";
import { withoutFillers } from "./spoken/without-fillers.ts";

/** From so many sentences on, or two with so many words in all, each is searched for by itself, too. */
const SPLIT_SENTENCES = 3;
const SPLIT_WORDS = 25;
/** The sentences that are searched for, at most: the longest. */
const MOST_SENTENCES = 6;

/** Something to search for. */
export interface QuestionPart {
  /** Without fillers. What an embedder is given. */
  readonly text: string;
  readonly terms: readonly QueryTerm[];
  /** Whether it is put as a question. */
  readonly asks: boolean;
}

/** What was asked, understood once, to be searched for in any number of indexes. */
export interface Question {
  /** As it was said. */
  readonly said: string;
  /** The whole of it. */
  readonly whole: QuestionPart;
  /** Its sentences, where it has so many that the rest would drown the one that counts; else none. */
  readonly sentences: readonly QuestionPart[];
}

export interface UnderstandOptions {
  /** More to search for, at a lower weight. */
  also?: { text: string; weight: number };
}

/**
 * Understands a question as it is spoken: what says nothing is left out (`um so yeah I was wondering … thanks`), and of
 * several sentences each is also a question of its own.
 *
 * @example
 * understand("um, hi, I was wondering, when do you open? thanks").whole.text; // "when do you open?"
 */
export function understand(said: string, { also }: UnderstandOptions = {}): Question {
  const words = spokenWords(said);
  const language = spokenLanguageOf(words);
  const more =
    also === undefined
      ? []
      : queryTerms(also.text, language).map((term) => ({ ...term, weight: term.weight * also.weight }));
  const part = (text: string): QuestionPart => ({
    text,
    terms: together(queryTerms(text, language), more),
    asks: asksIn(text, language),
  });
  const sentences = sentencesOf(said)
    .map((sentence) => withoutFillers(sentence, language))
    .filter((sentence) => saysSomething(sentence, language));
  if (sentences.length === 0) return { said, whole: part(said.trim()), sentences: [] };
  const whole = sentences.join(" ");
  const splits = sentences.length >= SPLIT_SENTENCES || (sentences.length > 1 && words.length >= SPLIT_WORDS);
  return { said, whole: part(whole), sentences: splits ? longest(sentences).map(part) : [] };
}

/** Whether anything but plain words is left. */
function saysSomething(sentence: string, language: SpokenLanguage): boolean {
  return analyze(sentence).some(({ stopWord, text }) => !stopWord && !language.stopWords.has(text));
}

function asksIn(sentence: string, { questionWords }: SpokenLanguage): boolean {
  const [first]: readonly SpokenWord[] = spokenWords(sentence);
  return sentence.includes("?") || sentence.includes("？") || (first !== undefined && questionWords.has(first.word));
}

function longest(sentences: readonly string[]): readonly string[] {
  if (sentences.length <= MOST_SENTENCES) return sentences;
  const kept = new Set([...sentences].sort((x, y) => y.length - x.length).slice(0, MOST_SENTENCES));
  return sentences.filter((sentence) => kept.has(sentence));
}

function together(terms: readonly QueryTerm[], more: readonly QueryTerm[]): readonly QueryTerm[] {
  if (more.length === 0) return terms;
  const weights = new Map(terms.map(({ term, weight }) => [term, weight]));
  for (const { term, weight } of more) weights.set(term, (weights.get(term) ?? 0) + weight);
  return Array.from(weights, ([term, weight]) => ({ term, weight }));
}
