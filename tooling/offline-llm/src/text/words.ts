const STOP_WORDS = new Set(
  (
    "a about am an and any are as at be been but by can could did do does doing for from had has have he her hers hi " +
    "him his how i if in into is it its itself me mine my no not of off on or our ours out please s she should so some " +
    "t tell than that the their them then there these they this those to too up us was we were what when where which " +
    "who whom whose why will with would you your yours d ll m re ve know say said let s want need just give"
  ).split(" "),
);

/** Lower-case words and numbers of a text, in order, stop words included. */
export function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .normalize("NFKC")
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** The words that carry meaning, stemmed. A text of stop words alone has none. */
export function contentWords(text: string): string[] {
  return wordsOf(text.replace(/['’]s\b/g, ""))
    .filter((word) => !STOP_WORDS.has(word))
    .map(stem);
}

/** A light English stemmer: enough that "opening hours" meets "open" and "hour". */
export function stem(word: string): string {
  if (word.length < 4 || /\d/.test(word)) return word;
  const bare = word
    .replace(/ies$/, "y")
    .replace(/(ss|x|ch|sh)es$/, "$1")
    .replace(/([^su])s$/, "$1")
    .replace(/(?<=[a-z]{3})(ing|ed)$/, "");
  return bare
    .replace(/([b-df-hj-km-np-rtv-z])\1$/, "$1")
    .replace(/(?<=[a-z]{2})e$/, "")
    .replace(/y$/, "i");
}
