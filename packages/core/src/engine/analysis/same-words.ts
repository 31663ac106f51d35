import { normalizedText } from "./normalized-text.ts";

/** What two texts may differ by though their words are the same: signs, decimal marks, currencies, pictures, a question mark. */
const MARKS =
  /(?<![\p{L}\p{N}])[-+−–](?=\p{N})|(?<=[\p{L}\p{N}])[-+−#]+(?![\p{L}\p{N}])|(?<=\p{N})[.,:/](?=\p{N})|[\p{Sc}%‰°<>=~^]|\p{Extended_Pictographic}|[?？؟]/gu;

/**
 * A text as it counts for saying the same: the same words in the same order, whatever their case, the punctuation and the
 * white space between. What is no word but changes the meaning counts (`-18`, `A+`, `3.5`, `€`, a question mark).
 */
export function sameWords(text: string): string {
  const words = normalizedText(text);
  const compatible = text.normalize("NFKC");
  let marks = "";
  let end = 0;
  let before = 0;
  for (const { 0: mark, index } of compatible.matchAll(MARKS)) {
    // Where the mark stands: after so many words.
    before += compatible.slice(end, index).match(/[\p{L}\p{N}\p{M}]+/gu)?.length ?? 0;
    end = index;
    marks += ` ${before}${mark}`;
  }
  return marks === "" ? words : `${words}\n${marks.trim()}`;
}
