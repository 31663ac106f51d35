/** Control characters but tab and line feed, and marks that change the direction of text. */
const UNPRINTABLE = /(?![\t\n])[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * Text of a model or of a document as a terminal may be given it: nothing in it can move the cursor, set a colour or the
 * window's title. Works piece by piece.
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, "");
}
