import type { LoadedPart } from "../formats/loader.ts";

/** Most characters of one document that is going to be cut into chunks. */
export const MOST_DOCUMENT_CHARS = 1_000_000;

/** Splits a part that is longer than `most` at ends of paragraphs or lines, into parts named `1`, `2`, … */
export function splitLongText(part: LoadedPart, most = MOST_DOCUMENT_CHARS): LoadedPart[] {
  if (part.text.length <= most) return [part];
  const pieces: LoadedPart[] = [];
  for (let rest = part.text; rest !== ""; ) {
    const end = rest.length <= most ? rest.length : endOfPiece(rest, most);
    const number = String(pieces.length + 1);
    pieces.push({ ...part, key: part.key === undefined ? number : `${part.key}.${number}`, text: rest.slice(0, end) });
    rest = rest.slice(end);
  }
  return pieces;
}

function endOfPiece(text: string, most: number): number {
  for (const boundary of ["\n\n", "\n", " "]) {
    const at = text.lastIndexOf(boundary, most - boundary.length);
    if (at > most / 2) return at + boundary.length;
  }
  // Never between the halves of a surrogate pair.
  return /[\uD800-\uDBFF]/.test(text.charAt(most - 1)) ? most - 1 : most;
}
