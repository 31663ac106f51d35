const RUNS_OF_LETTERS_OR_DIGITS = /[\p{L}\p{N}]+/gu;

/** The words of a text as the model was trained on them: NFKC, lower case, runs of letters or digits, in order. */
export function words(text: string): readonly string[] {
  return text.normalize("NFKC").toLowerCase().match(RUNS_OF_LETTERS_OR_DIGITS) ?? [];
}
