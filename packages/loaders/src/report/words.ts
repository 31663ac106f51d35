/** Invisible characters that text is found without: soft hyphen, zero-width space and joiners of words, byte order mark. */
export const INVISIBLE = /[\u00AD\u200B\u2060\uFEFF]/g;

const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** Runs of letters and digits. */
export function wordsOf(text: string): string[] {
  return text.replace(INVISIBLE, "").match(WORD) ?? [];
}

/** Letters and digits of a text. */
export function countChars(text: string): number {
  if (text === "") return 0;
  let count = 0;
  for (const word of text.replace(INVISIBLE, "").matchAll(WORD)) count += word[0].length;
  return count;
}
