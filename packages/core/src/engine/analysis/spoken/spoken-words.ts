/** One word of what was said: as it is compared, and where it stands. */
export interface SpokenWord {
  /** Lower case, without apostrophes. */
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

const wordPattern = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’]*/gu;
const apostrophes = /['’]/g;

export function spokenWords(text: string): SpokenWord[] {
  return Array.from(text.matchAll(wordPattern), ({ 0: word, index }) => ({
    word: word.toLowerCase().replace(apostrophes, ""),
    start: index,
    end: index + word.length,
  }));
}
