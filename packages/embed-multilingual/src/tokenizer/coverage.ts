const LETTER = /\p{L}/u;
const LETTERS = /\p{L}/gu;
/** Scripts of which one letter says as much as several of an alphabet, or that put no spaces between words. */
const DENSE_LETTER = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;
const SPACE_MARK = "\u2581";

/**
 * The share of a text's letters that stand in pieces which can mean something, in [0, 1]: in pieces of two letters and
 * more, in words of one letter, in letters of scripts like Chinese. A language of the model is written in such pieces (0.9
 * and more), another one is spelt letter by letter, or not at all. 0 for a text without letters. `spellings`: what the
 * text's pieces are written as; `""` for one that is unknown.
 */
export function coverage(text: string, spellings: readonly string[]): number {
  const letters = text.normalize("NFKC").match(LETTERS)?.length ?? 0;
  if (letters === 0) return 0;
  let known = 0;
  for (const [i, spelling] of spellings.entries()) {
    const own = spelling.match(LETTERS) ?? [];
    const isWord = own.length === 1 && beginsWord(spellings, i) && !continues(spellings[i + 1]);
    if (own.length > 1 || isWord) known += own.length;
    else if (own[0] !== undefined && DENSE_LETTER.test(own[0])) known++;
  }
  return Math.min(1, known / letters);
}

function beginsWord(spellings: readonly string[], i: number): boolean {
  return spellings[i]?.startsWith(SPACE_MARK) === true || spellings[i - 1] === SPACE_MARK;
}

/** True where a word goes on with this piece. */
function continues(spelling: string | undefined): boolean {
  return spelling !== undefined && (spelling === "" || LETTER.test(String.fromCodePoint(spelling.codePointAt(0) ?? 0)));
}
