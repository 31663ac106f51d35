const BETWEEN_WORDS = /[^\p{L}\p{N}\p{M}]+/gu;

/** A text as it counts for sameness: NFKC, lower case, words with one space between; a text without words as it is. */
export function normalizedText(text: string): string {
  const words = text.normalize("NFKC").toLowerCase().replace(BETWEEN_WORDS, " ").trim();
  return words === "" ? text.trim() : words;
}
