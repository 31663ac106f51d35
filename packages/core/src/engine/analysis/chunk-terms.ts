import { splitCompound } from "./compound.ts";
import type { Language } from "./languages/language-table.ts";
import { dayTerm } from "./numbers/joined-numbers.ts";
import { containsSpaceless, spacelessTerms, splitScripts } from "./spaceless-scripts.ts";
import { Term } from "./term.ts";
import { wordTerm } from "./word-term.ts";

const LONGEST_TERM = 256;

/** Most chunks: `word`, `Word`, `WORD`, `42`, which no rule below changes or divides. */
const asciiWord = /^(?:[A-Z]?[a-z]+|[A-Z]+|[0-9]+)$/;
const signedName = /^\p{L}{1,2}(?:\+\+|[#+-])$/u;
const signedNumber = /^[-−]\p{N}/u;
const isoDay = /^[0-9]{4}-([0-9]{2})-([0-9]{2})$/;
const symbol = /^\p{Extended_Pictographic}/u;
const plainWord = /^(?:\p{Lu}?[\p{Ll}\p{Lo}\p{M}]*|\p{Lu}+|\p{N}+)$/u;
/** `'s` and contracted auxiliaries, at the end of a word. */
const enclitic = /['’](?:s|re|ve|ll|d|m)(?![\p{L}\p{N}])/giu;
/** `l'hôpital`, `O'Brien`: the rest is a word of its own. */
const elision = /(?<!\p{L})(\p{L}{1,2})['’](?=\p{L}{3})/gu;
const apostrophes = /['’]/g;
const thousandsComma = /(?<=\p{N}),(?=\p{N}{3}(?!\p{N}))/gu;

/** `C++`, `A-`, `-18`: the whole with its sign, and without. */
function signedTerms(chunk: string, language: Language): readonly Term[] {
  const whole = new Term(chunk.toLowerCase().replace("−", "-"), false);
  const bare = chunk.replace(/^[-−]|[+#-]+$/g, "");
  return [whole, ...chunkTerms(bare, language).filter(({ text }) => text !== whole.text)];
}

/** The terms of one chunk (see `findChunks`), without repetition, the whole first. */
export function chunkTerms(chunk: string, language: Language): readonly Term[] {
  if (chunk.length <= LONGEST_TERM && asciiWord.test(chunk)) return [wordTerm(chunk, language)];
  if (symbol.test(chunk)) return [new Term(chunk, false)];
  if (signedName.test(chunk) || signedNumber.test(chunk)) return signedTerms(chunk, language);
  const cleaned = chunk
    .replace(enclitic, "")
    .replace(elision, "$1-")
    .replace(apostrophes, "")
    .replace(thousandsComma, "");
  const terms = new Map<string, Term>();
  const add = (term: Term) => {
    if (term.text !== "" && !terms.has(term.text)) terms.set(term.text, term);
  };
  for (const run of containsSpaceless(cleaned) ? splitScripts(cleaned) : [cleaned]) {
    if (containsSpaceless(run)) spacelessTerms(run).forEach(add);
    else if (plainWord.test(run)) add(wordTerm(run.slice(0, LONGEST_TERM), language));
    else for (const part of splitCompound(run)) add(wordTerm(part.slice(0, LONGEST_TERM), language));
  }
  const day = isoDay.exec(chunk);
  if (day !== null) add(new Term(dayTerm(Number(day[1]), Number(day[2])), false));
  return [...terms.values()];
}
