import { stemmer as arabic } from "@orama/stemmers/arabic";
import { stemmer as danish } from "@orama/stemmers/danish";
import { stemmer as dutch } from "@orama/stemmers/dutch";
import { stemmer as finnish } from "@orama/stemmers/finnish";
import { stemmer as french } from "@orama/stemmers/french";
import { stemmer as german } from "@orama/stemmers/german";
import { stemmer as greek } from "@orama/stemmers/greek";
import { stemmer as hungarian } from "@orama/stemmers/hungarian";
import { stemmer as hindi } from "@orama/stemmers/indian";
import { stemmer as indonesian } from "@orama/stemmers/indonesian";
import { stemmer as italian } from "@orama/stemmers/italian";
import { stemmer as norwegian } from "@orama/stemmers/norwegian";
import { stemmer as portuguese } from "@orama/stemmers/portuguese";
import { stemmer as romanian } from "@orama/stemmers/romanian";
import { stemmer as russian } from "@orama/stemmers/russian";
import { stemmer as spanish } from "@orama/stemmers/spanish";
import { stemmer as swedish } from "@orama/stemmers/swedish";
import { stemmer as turkish } from "@orama/stemmers/turkish";
import { stem as english } from "porter2";
import { fold } from "../fold.ts";
import { ENGLISH, type Language, languageCodes, NO_LANGUAGE } from "../languages/language-table.ts";

type Stem = (word: string) => string;

/** Snowball's stemmers (https://snowballstem.org/algorithms/) of languages in Latin letters, by language. */
const latin: Readonly<Record<string, Stem>> = {
  de: german,
  es: spanish,
  fr: french,
  pt: portuguese,
  it: italian,
  nl: dutch,
  sv: swedish,
  da: danish,
  no: norwegian,
  fi: finnish,
  hu: hungarian,
  ro: romanian,
  tr: turkish,
  id: indonesian,
};
/** Of other letters the script tells the stemmer. */
const byScript: readonly (readonly [RegExp, Stem])[] = [
  [/\p{Script=Cyrillic}/u, russian],
  [/\p{Script=Greek}/u, greek],
  [/\p{Script=Arabic}/u, arabic],
  [/\p{Script=Devanagari}/u, hindi],
];

const stemmers: readonly (Stem | undefined)[] = languageCodes.map((code) => latin[code]);
const asciiLetters = /^[a-z]+$/;
const latinLetters = /^[\p{Script=Latin}\p{M}]+$/u;
const holdsDigit = /\p{N}/u;

/**
 * The term of a word in lower case: its stem in the language, folded. English where no language is known; what holds a
 * digit is never stemmed.
 */
export function stemWord(word: string, language: Language): string {
  if (language === ENGLISH || language === NO_LANGUAGE) {
    const folded = fold(word);
    return asciiLetters.test(folded) ? english(folded) : byTheScript(word, folded);
  }
  const stem = stemmers[language];
  if (stem === undefined || !latinLetters.test(word)) return byTheScript(word, fold(word));
  return fold(stem(word)) || fold(word);
}

function byTheScript(word: string, folded: string): string {
  if (folded === word && asciiLetters.test(word)) return word;
  if (holdsDigit.test(word)) return folded;
  for (const [script, stem] of byScript) if (script.test(word)) return fold(stem(folded)) || folded;
  return folded;
}
