const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

interface Word {
  /** Letters and digits, as the tokenizer writes them: lower case, without accents. */
  text: string;
  /** Places of its tokens. */
  places: number[];
  /** What follows an apostrophe, the `t` of `don't`, carries no meaning of its own. */
  tail: boolean;
}

/**
 * Places of the tokens of a question that are compared with those of a turn: no special ones, no punctuation, and no word
 * that `ignore` names. Where nothing is left, fewer are left out: all words, else all but the special tokens.
 */
export function queryTokens(tokens: readonly string[], ignore: (word: string) => boolean): number[] {
  const words = wordsOf(tokens);
  const kept = words.filter(({ text, tail }, i) => {
    if (tail || ignore(text)) return false;
    const next = words[i + 1];
    return !(next?.tail === true && ignore(text + next.text));
  });
  const chosen = kept.length > 0 ? kept : words;
  if (chosen.length > 0) return chosen.flatMap(({ places }) => places);
  return tokens.map((_, place) => place).slice(1, -1);
}

function wordsOf(tokens: readonly string[]): Word[] {
  const words: Word[] = [];
  for (let place = 1; place < tokens.length - 1; place++) {
    const token = tokens[place] as string;
    const last = words.at(-1);
    if (token.startsWith("##") && last?.places.at(-1) === place - 1) {
      last.text += token.slice(2);
      last.places.push(place);
    } else if (LETTER_OR_DIGIT.test(token)) {
      const apostrophe = /^['’]$/.test(tokens[place - 1] ?? "") && last?.places.at(-1) === place - 2;
      words.push({ text: token, places: [place], tail: apostrophe });
    }
  }
  return words;
}
