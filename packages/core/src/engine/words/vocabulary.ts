import type { SimilarTerm } from "../analysis/index.ts";
import { editDistance } from "./edit-distance.ts";
import type { TermTable } from "./term-table.ts";

/** Terms that are looked into in one search, at most: a large index is known after some dozens of searches. */
const TERMS_A_SEARCH = 8_192;
/** Shorter terms are like too many others, longer ones are no words. */
const SHORTEST = 4;
const LONGEST = 48;
/** From so many letters on two may be wrong. */
const TWO_ERRORS = 9;
/** Terms that are looked at closely, at most, and that are taken. */
const MOST_CANDIDATES = 200;
const MOST_SIMILAR = 3;
/** What a word counts that differs by one letter or two, or that holds the other one. */
const ONE_ERROR_WEIGHT = 0.7;
const TWO_ERRORS_WEIGHT = 0.5;
const PART_WEIGHT = 0.6;
const HALF_WEIGHT = 0.5;
/** The least letters of a word within a compound. */
const SHORTEST_PART = 3;
/** What German and its neighbours put between two words. */
const LINKS = ["", "s", "es", "n", "en", "er"];

const holdsDigit = /\p{N}/u;
const longNumber = /^\p{N}{6,}$/u;
const number = /^\p{N}+$/u;

/**
 * The terms of one index by the three letters at each place, to find those that are like one that no document holds: with
 * a letter mistyped or misheard, with other words around it (`Türgriff` in `Kühlschranktürgriff`), or with more before or
 * after it (`BLM18AG` in `BLM18AG102SN1D`).
 */
export class Vocabulary {
  readonly #table: TermTable;
  readonly #terms: IterableIterator<string>;
  /** By the id of a term, as far as it is looked into. */
  readonly #known: string[] = [];
  readonly #byTrigram = new Map<number, number[]>();

  constructor(table: TermTable) {
    this.#table = table;
    this.#terms = table.terms();
  }

  /** The terms of living documents that are most like this one. */
  similar(term: string): SimilarTerm[] {
    if (term.length < SHORTEST || term.length > LONGEST || (number.test(term) && !longNumber.test(term))) return [];
    this.#catchUp();
    const found = holdsDigit.test(term) ? [] : this.#misspelled(term);
    if (found.length === 0) found.push(...this.#parts(term));
    if (found.length === 0) found.push(...this.#containing(term));
    return found
      .sort((x, y) => y.weight - x.weight || this.#frequency(y.term) - this.#frequency(x.term))
      .slice(0, MOST_SIMILAR);
  }

  #frequency(term: string): number {
    const id = this.#table.id(term);
    return id === undefined ? 0 : this.#table.frequency(id);
  }

  #misspelled(term: string): SimilarTerm[] {
    const most = term.length >= TWO_ERRORS ? 2 : term.length > SHORTEST ? 1 : 0;
    if (most === 0) return [];
    const shared = Math.max(1, term.length - 2 - 3 * most);
    const found: SimilarTerm[] = [];
    for (const other of this.#sharing(term, shared)) {
      if (holdsDigit.test(other) || (other[0] !== term[0] && other.at(-1) !== term.at(-1))) continue;
      const distance = editDistance(term, other, most);
      if (distance <= most) found.push({ term: other, weight: distance === 1 ? ONE_ERROR_WEIGHT : TWO_ERRORS_WEIGHT });
    }
    return found.some(({ weight }) => weight === ONE_ERROR_WEIGHT)
      ? found.filter(({ weight }) => weight === ONE_ERROR_WEIGHT)
      : found;
  }

  /** The words that a compound is made of, where documents hold both. */
  #parts(term: string): SimilarTerm[] {
    if (holdsDigit.test(term)) return [];
    for (let at = term.length - SHORTEST_PART; at > SHORTEST_PART; at--) {
      const tail = this.#held(term.slice(at));
      if (tail === undefined) continue;
      for (const link of LINKS) {
        const head = term.slice(0, at);
        if (!head.endsWith(link)) continue;
        const first = this.#held(head.slice(0, head.length - link.length));
        if (first !== undefined) return [first, tail].map((part) => ({ term: part, weight: HALF_WEIGHT }));
      }
    }
    return [];
  }

  /** The part of a compound as a term that documents hold; a stem may have lost its last letter in the compound alone. */
  #held(part: string): string | undefined {
    if (part.length < SHORTEST_PART) return undefined;
    return [part, `${part}e`].find((each) => this.#frequency(each) > 0);
  }

  /** Terms that begin or end with this one; those with a digit, that hold it anywhere. */
  #containing(term: string): SimilarTerm[] {
    const anywhere = holdsDigit.test(term);
    if (!anywhere && term.length <= SHORTEST) return [];
    const found: SimilarTerm[] = [];
    for (const other of this.#sharing(term, term.length - 2)) {
      if (other.length <= term.length || !other.includes(term)) continue;
      if (!anywhere && !other.startsWith(term) && !other.endsWith(term)) continue;
      found.push({ term: other, weight: PART_WEIGHT * Math.sqrt(term.length / other.length) });
    }
    return found;
  }

  /** The terms of living documents that have at least so many places of three letters with this one in common. */
  #sharing(term: string, least: number): string[] {
    const counts = new Map<number, number>();
    for (const trigram of trigramsOf(term))
      for (const id of this.#byTrigram.get(trigram) ?? []) counts.set(id, (counts.get(id) ?? 0) + 1);
    const found: string[] = [];
    for (const [id, count] of counts) {
      if (count < least || this.#table.frequency(id) === 0) continue;
      found.push(this.#known[id] as string);
      if (found.length === MOST_CANDIDATES) break;
    }
    return found;
  }

  /** Looks into the terms that came since, some thousands at most. */
  #catchUp(): void {
    const end = Math.min(this.#table.size, this.#known.length + TERMS_A_SEARCH);
    while (this.#known.length < end) {
      const { value, done } = this.#terms.next();
      if (done === true) return;
      const id = this.#known.push(value) - 1;
      if (value.length < SHORTEST || value.length > LONGEST || (number.test(value) && !longNumber.test(value)))
        continue;
      for (const trigram of trigramsOf(value)) {
        const ids = this.#byTrigram.get(trigram);
        if (ids === undefined) this.#byTrigram.set(trigram, [id]);
        else ids.push(id);
      }
    }
  }
}

/** Three letters in one number; ten bits a letter, so that two triples may rarely share one. */
function trigramsOf(term: string): Set<number> {
  const found = new Set<number>();
  for (let at = 0; at + 2 < term.length; at++) {
    const code = (place: number) => term.charCodeAt(place) & 0x3ff;
    found.add((code(at) << 20) | (code(at + 1) << 10) | code(at + 2));
  }
  return found;
}
