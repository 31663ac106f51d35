export interface SpokenSentence {
  /** Where it begins in the text. */
  start: number;
  sentence: string;
}

/** The sentences of an answer, without marks of Markdown. `whole`: the last one is left out until it ended. */
export function sentencesOf(text: string, { whole }: { whole: boolean }): SpokenSentence[] {
  const sentences: SpokenSentence[] = [];
  let start = 0;
  for (const { 0: end, index } of text.matchAll(/[.!?]+(?=\s)|\n|$/g)) {
    const isLast = index === text.length;
    const sentence = text
      .slice(start, index + end.length)
      .replace(/[*_`#>|[\]]/g, "")
      .trim();
    if (sentence !== "" && !(whole && isLast)) sentences.push({ start, sentence });
    start = index + end.length;
  }
  return sentences;
}
