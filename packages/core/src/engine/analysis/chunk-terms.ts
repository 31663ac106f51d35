import { splitCompound } from "./compound.ts";
import { containsSpaceless, spacelessTerms, splitScripts } from "./spaceless-scripts.ts";
import { Term } from "./term.ts";
import { wordTerm } from "./word-term.ts";

const LONGEST_TERM = 256;

/** Most chunks: `word`, `Word`, `WORD`, `42`, which no rule below changes or divides. */
const asciiWord = /^(?:[A-Z]?[a-z]+|[A-Z]+|[0-9]+)$/;
const signedName = /^\p{L}{1,2}(?:\+\+|#)$/u;
const plainWord = /^(?:\p{Lu}?[\p{Ll}\p{Lo}\p{M}]*|\p{Lu}+|\p{N}+)$/u;
/** `'s` and contracted auxiliaries, at the end of a word. */
const enclitic = /['’](?:s|re|ve|ll|d|m)(?![\p{L}\p{N}])/giu;
/** `l'hôpital`, `O'Brien`: the rest is a word of its own. */
const elision = /(?<!\p{L})(\p{L}{1,2})['’](?=\p{L}{3})/gu;
const apostrophes = /['’]/g;
const thousandsComma = /(?<=\p{N}),(?=\p{N}{3}(?!\p{N}))/gu;

/** The terms of one chunk (see `findChunks`), without repetition, the whole first. */
export function chunkTerms(chunk: string): readonly Term[] {
  if (chunk.length <= LONGEST_TERM && asciiWord.test(chunk)) return [wordTerm(chunk)];
  if (signedName.test(chunk)) return [new Term(chunk.toLowerCase(), false), wordTerm(chunk.replace(/[+#]+$/, ""))];
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
    else if (plainWord.test(run)) add(wordTerm(run.slice(0, LONGEST_TERM)));
    else for (const part of splitCompound(run)) add(wordTerm(part.slice(0, LONGEST_TERM)));
  }
  return [...terms.values()];
}
