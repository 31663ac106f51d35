import { fold } from "./fold.ts";
import { type Language, stopWordsOf } from "./languages/language-table.ts";
import { stemWord } from "./stemming/stem-word.ts";
import { Term } from "./term.ts";

/** The term of one word in a text of the language: its stem, without accents; a stop word of the language is only folded. */
export function wordTerm(word: string, language: Language): Term {
  const lower = word.toLowerCase();
  if ((stopWordsOf[language] as ReadonlySet<string>).has(lower)) return new Term(fold(lower), true);
  return new Term(stemWord(lower, language), false);
}
