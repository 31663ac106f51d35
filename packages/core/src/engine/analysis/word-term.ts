import { stem } from "porter2";
import { stopWords } from "./stop-words.ts";
import { Term } from "./term.ts";

const asciiLetters = /^[a-z]+$/;
const beyondAscii = /[^\0-\x7f]/;
/** Accents of Latin letters; other scripts keep their marks, which there make another letter. */
const latinMarks = /(?<=\p{Script=Latin})\p{Mn}+/gu;

/**
 * The term of one word: lower case, Latin letters without accents (`café` is `cafe`, `ß` is `ss`), English words as
 * their Porter2 stem (https://snowballstem.org/algorithms/english/stemmer.html). What holds a digit is never stemmed.
 */
export function wordTerm(word: string): Term {
  let text = word.toLowerCase();
  if (beyondAscii.test(text)) {
    text = text.normalize("NFD").replace(latinMarks, "").normalize("NFC").replaceAll("ß", "ss");
  }
  if (stopWords.has(text)) return new Term(text, true);
  return new Term(asciiLetters.test(text) ? stem(text) : text, false);
}
