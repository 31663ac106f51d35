import { analyze } from "../analyze.ts";
import { english, type LanguageWords, spokenLanguages } from "../languages/index.ts";
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
const fallback = languages[spokenLanguages.indexOf(english)] as SpokenLanguage;

/** Of a word that several languages have each gets its part, so that `in`, `was` and `die` say less than `nicht`. */
const votes = votesOf(languages);

/** The language of what was said, by its plainest words; English where they tell nothing. */
export function spokenLanguageOf(words: readonly SpokenWord[]): SpokenLanguage {
  const counts = new Float64Array(languages.length);
  for (const { word } of words) {
    const voted = votes.get(word);
    if (voted !== undefined)
      for (const language of voted) counts[language] = (counts[language] as number) + 1 / voted.length;
  }
  let best = 0;
  for (let i = 1; i < counts.length; i++) if ((counts[i] as number) > (counts[best] as number)) best = i;
  return languages[best] ?? fallback;
}

function votesOf(all: readonly SpokenLanguage[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const [number, { stopWords, weak }] of all.entries())
    for (const word of new Set([...stopWords, ...weak])) found.set(word, [...(found.get(word) ?? []), number]);
  return found;
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
