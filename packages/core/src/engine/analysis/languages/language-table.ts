import { fold } from "../fold.ts";
import { functionWords } from "./function-words.ts";
import { spokenLanguages } from "./index.ts";

/** A language by its number: 0 stands for none that is known. */
export type Language = number;
export const NO_LANGUAGE: Language = 0;
export const ENGLISH: Language = 1;

const entries: readonly (readonly [string, readonly string[]])[] = [
  ...spokenLanguages.map(({ code, stopWords }) => [code, stopWords] as const),
  ...Object.entries(functionWords),
];

/** ISO 639-1 codes by number; "" for none. */
export const languageCodes: readonly string[] = ["", ...entries.map(([code]) => code)];

/** Stop words by language, as they are written and folded. None for no language but those of English, which the most texts without a plain word are in. */
export const stopWordsOf: readonly ReadonlySet<string>[] = [
  new Set(entries[0]?.[1].map(fold)),
  ...entries.map(([, words]) => new Set(words.flatMap((word) => [word, fold(word)]))),
];

/** One letter by itself is as often a name: `C`, plan `A`. */
const latinLetter = /^[a-z]$/;
/** For which languages a word speaks; a word that many share speaks little for each. */
const votes = new Map<string, Language[]>();
for (let language = 1; language < stopWordsOf.length; language++)
  for (const word of stopWordsOf[language] as ReadonlySet<string>) {
    if (latinLetter.test(word)) continue;
    votes.set(word, [...(votes.get(word) ?? []), language]);
  }

export function votesOf(word: string): readonly Language[] | undefined {
  return votes.get(word);
}

/** Counts for which language a text speaks. */
export class LanguageVote {
  readonly #counts = new Float64Array(languageCodes.length);
  #voted = false;

  add(languages: readonly Language[]): void {
    this.#voted = true;
    const part = 1 / languages.length;
    for (let i = 0; i < languages.length; i++) {
      const language = languages[i] as Language;
      this.#counts[language] = (this.#counts[language] as number) + part;
    }
  }

  /** The language with the most votes, the first of equals; none where nothing spoke. Counts anew from here. */
  take(): Language {
    if (!this.#voted) return NO_LANGUAGE;
    let best = NO_LANGUAGE;
    let most = 0;
    for (let language = 1; language < this.#counts.length; language++) {
      const count = this.#counts[language] as number;
      if (count > most + 1e-9) {
        most = count;
        best = language;
      }
    }
    this.#counts.fill(0);
    this.#voted = false;
    return best;
  }
}
