const beyondAscii = /[^\0-\x7f]/;
/** Marks that are left out when one searches: accents of Latin and Greek, points of Hebrew, Arabic and Devanagari's nukta. */
const latinAndGreekMarks = /(?<=[\p{Script=Latin}\p{Script=Greek}])\p{Mn}+/gu;
const otherMarks =
  /[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u093c]|(?<=\p{Script=Cyrillic})[\u0300\u0301]/gu;
/** Letters that have no decomposition, or are typed as another one. */
const letters = /[ßłøđðþæœıſёىةکیς]/g;
const plain: Readonly<Record<string, string>> = {
  ß: "ss",
  ł: "l",
  ø: "o",
  đ: "d",
  ð: "d",
  þ: "th",
  æ: "ae",
  œ: "oe",
  ı: "i",
  ſ: "s",
  ё: "е",
  ى: "ي",
  ة: "ه",
  ک: "ك",
  ی: "ي",
  ς: "σ",
};

/** A word in lower case as it is compared: without accents and points, `ł` as `l`, `ß` as `ss`, the forms of one Arabic letter as one. */
export function fold(word: string): string {
  if (!beyondAscii.test(word)) return word;
  return word
    .replace(letters, (letter) => plain[letter] ?? letter)
    .normalize("NFD")
    .replace(latinAndGreekMarks, "")
    .replace(otherMarks, "")
    .normalize("NFC");
}

/** Soft hyphens, joiners, marks of direction: nobody sees or types them. */
const invisible = /\u034f|[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;
const hasInvisible = /\u034f|[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/;

/** A text as it is analysed: NFKC, without invisible characters. */
export function visibleText(text: string): string {
  if (!beyondAscii.test(text)) return text;
  const normalized = text.normalize("NFKC");
  return hasInvisible.test(normalized) ? normalized.replace(invisible, "") : normalized;
}
