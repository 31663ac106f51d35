import { analyze } from "../analyze.ts";
import { type LanguageWords, spokenLanguages } from "../languages/index.ts";
import { ENGLISH, type Language, LanguageVote, NO_LANGUAGE, votesOf } from "../languages/language-table.ts";
import { PhraseTrie } from "./phrase-trie.ts";
import type { SpokenWord } from "./spoken-words.ts";

/** The words of a language, ready to be looked up. */
export interface SpokenLanguage {
  readonly code: string;
  readonly stopWords: ReadonlySet<string>;
  readonly hesitations: ReadonlySet<string>;
  /** As they are said, and as `analyze` writes them. */
  readonly weak: ReadonlySet<string>;
  readonly questionWords: ReadonlySet<string>;
  readonly openings: PhraseTrie;
  /** By their last word. */
  readonly closings: PhraseTrie;
  readonly phrases: PhraseTrie;
}

const languages: readonly SpokenLanguage[] = spokenLanguages.map(prepared);
/** Of a language whose spoken forms are not known, nothing is left out. */
const silent = prepared({
  code: "",
  stopWords: [],
  hesitations: [],
  openings: [],
  closings: [],
  phrases: [],
  weak: [],
  questionWords: [],
});

const vote = new LanguageVote();
/** Courtesies tell the language of what was said where its plainest words do not. */
const courtesyVotes = new Map<string, Language[]>();
for (const [n, { weak }] of spokenLanguages.entries())
  for (const word of weak) courtesyVotes.set(word, [...(courtesyVotes.get(word) ?? []), n + 1]);

/** The language of what was said, by its plainest words. */
export function languageSaid(words: readonly SpokenWord[]): Language {
  for (const { word } of words) {
    const languagesOfWord = votesOf(word);
    if (languagesOfWord !== undefined) vote.add(languagesOfWord);
  }
  const language = vote.take();
  if (language !== NO_LANGUAGE) return language;
  for (const { word } of words) {
    const languagesOfWord = courtesyVotes.get(word);
    if (languagesOfWord !== undefined) vote.add(languagesOfWord);
  }
  return vote.take();
}

/** What is known of the language as it is spoken; of English where the language is not known. */
export function spokenLanguage(language: Language): SpokenLanguage {
  return languages[Math.max(language, ENGLISH) - ENGLISH] ?? silent;
}

function prepared(words: LanguageWords): SpokenLanguage {
  return {
    code: words.code,
    stopWords: new Set(words.stopWords),
    hesitations: new Set(words.hesitations),
    weak: new Set(words.weak.flatMap((word) => [word, ...analyze(word).map(({ text }) => text)])),
    questionWords: new Set(words.questionWords),
    openings: new PhraseTrie(words.openings),
    closings: new PhraseTrie(words.closings, true),
    phrases: new PhraseTrie(words.phrases),
  };
}
