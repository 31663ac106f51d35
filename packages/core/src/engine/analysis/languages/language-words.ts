/**
 * What is known of one language as it is spoken. All lower case, without apostrophes (`im`, `jai`); phrases are words with
 * one space between.
 */
export interface LanguageWords {
  /** ISO 639-1. */
  readonly code: string;
  /** Words that carry little meaning alone: articles, pronouns, auxiliaries, the plainest prepositions. Negations stay out. */
  readonly stopWords: readonly string[];
  /** Sounds of thinking: they mean nothing wherever they stand. */
  readonly hesitations: readonly string[];
  /** What a sentence may begin with without saying anything: greetings, agreement, connectives. One or more in a row. */
  readonly openings: readonly string[];
  /** What a sentence may end with without saying anything. One or more in a row. */
  readonly closings: readonly string[];
  /** Courtesies and frames of a question, which say nothing wherever they stand. */
  readonly phrases: readonly string[];
  /** Single words that are mostly discourse; wherever they are left, they count little. */
  readonly weak: readonly string[];
  /** Words that a question begins with. */
  readonly questionWords: readonly string[];
}

/** The words of a list that is written as text. */
export function wordList(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

/** The phrases of a list that is written as text, a comma or a line end between. */
export function phraseList(text: string): readonly string[] {
  return text
    .split(/[,\n]/)
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== "");
}
