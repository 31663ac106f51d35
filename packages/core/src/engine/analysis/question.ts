import { analyze } from "./analyze.ts";
import { type QueryTerm, queryTerms } from "./analyze-query.ts";
import type { Language } from "./languages/language-table.ts";
import { languageSaid, type SpokenLanguage, spokenLanguage } from "./spoken/spoken-language.ts";
import { spokenSentences } from "./spoken/spoken-sentences.ts";
import { spokenWords } from "./spoken/spoken-words.ts";
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
  /** Whether it is put as a question. */
  readonly asks: boolean;
  /** Its words, as texts in these languages hold them; the most common language first. Default: none is known. */
  terms(searched?: readonly Language[]): readonly QueryTerm[];
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
  const language = languageSaid(words);
  const spoken = spokenLanguage(language);
  const part = (text: string): QuestionPart => {
    const known = new Map<string, readonly QueryTerm[]>();
    const terms = (searched: readonly Language[] = []): readonly QueryTerm[] => {
      const key = searched.join();
      const found = known.get(key) ?? termsOf(text, also, { language, searched, weak: spoken.weak });
      known.set(key, found);
      return found;
    };
    return { text, terms, asks: asksIn(text, spoken) };
  };
  const sentences = spokenSentences(said)
    .map((sentence) => withoutFillers(sentence, spoken))
    .filter((sentence) => saysSomething(sentence, language));
  if (sentences.length === 0) return { said, whole: part(said.trim()), sentences: [] };
  const splits = sentences.length >= SPLIT_SENTENCES || (sentences.length > 1 && words.length >= SPLIT_WORDS);
  return { said, whole: part(sentences.join(" ")), sentences: splits ? longest(sentences).map(part) : [] };
}

/** The question by its vector alone. */
export function withoutWords({ said, whole, sentences }: Question): Question {
  const silent = (part: QuestionPart): QuestionPart => ({ ...part, terms: () => [] });
  return { said, whole: silent(whole), sentences: sentences.map(silent) };
}

/** Whether anything but plain words is left. */
function saysSomething(sentence: string, language: Language): boolean {
  return analyze(sentence, language).some(({ stopWord }) => !stopWord);
}

function asksIn(sentence: string, { questionWords }: SpokenLanguage): boolean {
  const [first] = spokenWords(sentence);
  return sentence.includes("?") || sentence.includes("？") || (first !== undefined && questionWords.has(first.word));
}

function longest(sentences: readonly string[]): readonly string[] {
  if (sentences.length <= MOST_SENTENCES) return sentences;
  const kept = new Set([...sentences].sort((x, y) => y.length - x.length).slice(0, MOST_SENTENCES));
  return sentences.filter((sentence) => kept.has(sentence));
}

function termsOf(
  text: string,
  also: UnderstandOptions["also"],
  analysis: Parameters<typeof queryTerms>[1],
): readonly QueryTerm[] {
  const terms = queryTerms(text, analysis);
  if (also === undefined) return terms;
  const all = new Map(terms.map((each) => [each.term, each]));
  for (const more of queryTerms(also.text, analysis)) {
    const known = all.get(more.term) ?? { ...more, weight: 0 };
    all.set(more.term, { ...known, weight: known.weight + more.weight * also.weight });
  }
  return [...all.values()];
}
