/** Control characters, line ends among them, and those that turn the direction of writing around. */
const UNPRINTABLE = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** Text of a document or a file's name as one line that cannot move the cursor, colour the screen or name the window. */
export function printable(text: string): string {
  return text.replace(/\s+/g, " ").replace(UNPRINTABLE, "");
}
