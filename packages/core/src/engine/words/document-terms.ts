import { forEachTerm, type Term } from "../analysis/index.ts";
import type { TermTable } from "./term-table.ts";

/** The distinct terms of one document by id, how often it holds each, and its length without stop words. */
export interface DocumentTerms {
  /** The first `count` of `ids` and `frequencies` count. */
  count: number;
  ids: number[];
  frequencies: number[];
  length: number;
  /** The number of its language. */
  language: number;
}

/** How often a word of a title counts: as if it stood so many times in the text. */
export const TITLE_WEIGHT = 3;

/** Analyses texts into term ids; terms that the table lacks are added, or left out with `known`. */
export class DocumentTermCounter {
  #table: TermTable;
  /** 1 + position in `#terms.ids` of each term id seen in the current text, 0 otherwise. */
  #positions = new Uint32Array(64);
  #terms: DocumentTerms = { count: 0, ids: [], frequencies: [], length: 0, language: 0 };
  #known: "known" | "add" = "known";

  constructor(table: TermTable) {
    this.#table = table;
  }

  /** The answer holds until the next call. */
  count(text: string, title: string | undefined, known: "known" | "add"): DocumentTerms {
    this.#known = known;
    const terms = this.#terms;
    terms.count = 0;
    terms.length = 0;
    terms.language = forEachTerm(text, this.#addFromText);
    if (title !== undefined) forEachTerm(title, this.#addFromTitle, terms.language);
    for (let i = 0; i < terms.count; i++) this.#positions[terms.ids[i] as number] = 0;
    return terms;
  }

  #addFromText = (term: Term): void => this.#add(term, 1);
  #addFromTitle = (term: Term): void => this.#add(term, TITLE_WEIGHT);

  #add(term: Term, times: number): void {
    const terms = this.#terms;
    if (!term.stopWord) terms.length++;
    const id = this.#table.idOf(term, this.#known);
    if (id === undefined) return;
    if (id >= this.#positions.length) this.#grow(id + 1);
    const position = this.#positions[id] as number;
    if (position > 0) {
      terms.frequencies[position - 1] = (terms.frequencies[position - 1] as number) + times;
      return;
    }
    terms.ids[terms.count] = id;
    terms.frequencies[terms.count] = times;
    this.#positions[id] = ++terms.count;
  }

  #grow(terms: number): void {
    const positions = new Uint32Array(Math.max(terms, this.#positions.length * 2));
    positions.set(this.#positions);
    this.#positions = positions;
  }
}
