import { chunkOf, forEachChunk } from "./analyze.ts";
import type { Chunk } from "./chunk.ts";
import { fold } from "./fold.ts";
import { type Language, NO_LANGUAGE } from "./languages/language-table.ts";
import { joinedNumbers, type NumberPiece } from "./numbers/joined-numbers.ts";
import { Term } from "./term.ts";

/** Another term that a term of a query may stand for, and what it counts beside it, below 1. */
export interface SimilarTerm {
  readonly term: string;
  readonly weight: number;
}

/** One term of a query. */
export interface QueryTerm {
  readonly term: string;
  /** What it counts: how often the query holds it, less where it is mostly discourse. Above 0. */
  readonly weight: number;
  /** The same word as texts of other languages hold it, or as others write it (`Müller`, `Mueller`). */
  readonly variants?: readonly string[];
  /** Terms that it may stand for, and the share of its weight that each counts, below 1. */
  readonly similar?: readonly SimilarTerm[];
}

export interface QueryAnalysis {
  /** Of the query; none where its words do not tell. */
  language?: Language;
  /** Of the texts that are searched, the most common first. */
  searched?: readonly Language[];
  /** Words that count little, as `analyze` writes them. */
  weak?: ReadonlySet<string>;
}

/** What a word counts that is mostly discourse (`actually`, `please`), and was not left out by its place. */
const WEAK_WEIGHT = 0.25;
/** What a letter or digit counts that was said as a piece of a number, which is searched for as a whole. */
const PIECE_WEIGHT = 0.1;
const writtenDigits = /^\p{Nd}+$/u;
const NOTHING_WEAK: ReadonlySet<string> = new Set();

const umlauts = /[äöü]/g;
const umlautsSpelledOut = /(?<![aeq])(?:ae|oe|ue)(?!e)/g;
const spelled: Readonly<Record<string, string>> = { ä: "ae", ö: "oe", ü: "ue" };
const letters = /^\p{L}+$/u;
const otherwiseSpelled = /[^\0-\x7f]|[aou]e/;

/**
 * The distinct terms of a query in order of appearance. Stop words are left out, unless there is nothing else: then
 * `who are you` and `to be or not to be` are searched for as they are.
 */
export function queryTerms(
  text: string,
  { language = NO_LANGUAGE, searched = [], weak = NOTHING_WEAK }: QueryAnalysis = {},
): QueryTerm[] {
  const own = searched.length === 0 || searched.includes(language) ? language : (searched[0] as Language);
  const others = [...new Set([language, ...searched])].filter((each) => each !== own);
  const found: { term: Term; variants: Set<string>; isSpelled: boolean }[] = [];
  const pieces: NumberPiece[] = [];
  const visible = forEachChunk(text, (chunk, start, end) => {
    if (chunk.role !== undefined) pieces.push({ role: chunk.role, start, end });
    const isSpelled = chunk.role?.code !== undefined && !writtenDigits.test(chunk.text);
    for (const [n, term] of chunk.listIn(own).entries())
      found.push({ term, isSpelled, variants: variantsOf(chunk, n, own, others) });
  });
  const numbers = joinedNumbers(visible, pieces);
  for (const number of numbers) found.push({ term: new Term(number, false), isSpelled: false, variants: new Set() });
  const content = found.filter(({ term }) => !term.stopWord);
  const terms = new Map<string, { weight: number; variants: Set<string> }>();
  for (const { term, isSpelled, variants } of content.length > 0 ? content : found) {
    const known = terms.get(term.text) ?? { weight: 0, variants: new Set<string>() };
    const isPiece = isSpelled && numbers.length > 0;
    known.weight += isPiece ? PIECE_WEIGHT : weak.has(term.text) ? WEAK_WEIGHT : 1;
    for (const variant of variants) known.variants.add(variant);
    terms.set(term.text, known);
  }
  return Array.from(terms, ([term, { weight, variants }]) => {
    variants.delete(term);
    return variants.size === 0 ? { term, weight } : { term, weight, variants: [...variants] };
  });
}

/** The same of a text in no known language. */
export function analyzeQuery(text: string): QueryTerm[] {
  return queryTerms(text);
}

/** The other forms of the `n`th term of a chunk. */
function variantsOf(chunk: Chunk, n: number, own: Language, others: readonly Language[]): Set<string> {
  const variants = new Set<string>();
  const terms = chunk.listIn(own);
  const add = (other: readonly Term[]) => {
    const variant = other.length === terms.length ? other[n] : undefined;
    if (variant !== undefined && !variant.stopWord) variants.add(variant.text);
  };
  for (const language of others) add(chunk.listIn(language));
  const lower = chunk.text.toLowerCase();
  if (!otherwiseSpelled.test(lower) || !letters.test(lower)) return variants;
  for (const spelling of spellings(lower))
    for (const language of [own, ...others]) add(chunkOf(spelling).listIn(language));
  return variants;
}

/** A word as it may also be written: without accents, and umlauts the one way or the other. */
function spellings(word: string): readonly string[] {
  const all = new Set([
    fold(word),
    word.replace(umlauts, (letter) => spelled[letter] as string),
    word.replace(umlautsSpelledOut, (pair) => pair[0] as string),
  ]);
  all.delete(word);
  return [...all];
}
